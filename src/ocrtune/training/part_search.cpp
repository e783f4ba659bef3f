#include "ocrtune/training/part_search.h"

#include <algorithm>
#include <cstdint>

namespace ocrtune::training {
namespace {

// An edit counts more than both ends within lines together.
constexpr std::uint32_t kEdit = 4;
constexpr std::uint32_t kWithinLine = 1;
constexpr std::uint32_t kFar = std::numeric_limits<std::uint32_t>::max() / 2;

/// A cell of the table of distances: the least cost of a part that ends here, and its first token.
struct Cell {
  std::uint32_t cost = kFar;
  std::uint32_t begin = 0;
};

/// A part that ends with a token.
struct Ending {
  std::uint32_t cost = kFar;
  std::uint32_t begin = 0;
};

class Search {
 public:
  Search(std::u32string_view line, std::size_t most)
      : line_(line),
        most_(static_cast<std::uint32_t>(most) * kEdit + 2 * kWithinLine),
        column_(line.size() + 1) {}

  /// A part may begin with this token.
  void begin(std::uint32_t token, bool begins_line) {
    const std::uint32_t cost = begins_line ? 0 : kWithinLine;
    for (std::size_t row = 0; row <= line_.size(); ++row) {
      const auto here = cost + static_cast<std::uint32_t>(row) * kEdit;
      if (here > most_) break;
      if (here < column_[row].cost) column_[row] = {.cost = here, .begin = token};
      active_ = std::max(active_, row);
    }
  }

  /// The text goes on with a character.
  void next(char32_t character) {
    Cell diagonal = column_[0];
    column_[0].cost = std::min(kFar, column_[0].cost + kEdit);
    const std::size_t last = std::min(active_ + 1, line_.size());
    active_ = 0;
    for (std::size_t row = 1; row <= last; ++row) {
      Cell best = diagonal;
      if (line_[row - 1] != character) best.cost += kEdit;
      diagonal = column_[row];
      if (diagonal.cost + kEdit < best.cost)
        best = {.cost = diagonal.cost + kEdit, .begin = diagonal.begin};
      const Cell& above = column_[row - 1];
      if (above.cost + kEdit < best.cost) best = {.cost = above.cost + kEdit, .begin = above.begin};
      if (best.cost > most_) best.cost = kFar;
      if (best.cost < kFar) active_ = row;
      column_[row] = best;
    }
    if (column_[0].cost > most_) column_[0].cost = kFar;
  }

  [[nodiscard]] Ending ending(bool ends_line) const {
    const Cell& cell = column_.back();
    if (cell.cost >= kFar) return {};
    return {.cost = cell.cost + (ends_line ? 0 : kWithinLine), .begin = cell.begin};
  }

 private:
  std::u32string_view line_;
  std::uint32_t most_;
  std::vector<Cell> column_;
  std::size_t active_ = 0;  // the last row that is not far
};

}  // namespace

std::optional<FoundPart> find_part(std::u32string_view line, const std::vector<Token>& tokens,
                                   Part among, std::size_t most) {
  Search search(line, most);
  std::vector<Ending> endings;
  for (std::size_t at = among.begin; at < among.end; ++at) {
    const bool begins_line = at == 0 || tokens[at - 1].ends_line;
    if (at > among.begin && tokens[at].space_before) search.next(U' ');
    search.begin(static_cast<std::uint32_t>(at), begins_line);
    for (const char32_t character : tokens[at].text) search.next(character);
    endings.push_back(search.ending(tokens[at].ends_line || at + 1 == tokens.size()));
  }
  const auto best = std::ranges::min_element(endings, {}, &Ending::cost);
  if (best == endings.end() || best->cost / kEdit > most) return std::nullopt;
  FoundPart found{
      .part = {.begin = best->begin,
               .end = among.begin + static_cast<std::size_t>(best - endings.begin()) + 1},
      .distance = best->cost / kEdit};
  for (std::size_t at = among.begin; at < among.end; ++at) {
    const Ending& other = endings[at - among.begin];
    const bool apart = at < found.part.begin || other.begin >= found.part.end;
    if (apart && other.cost < kFar)
      found.next_distance = std::min<std::size_t>(found.next_distance, other.cost / kEdit);
  }
  return found;
}

}  // namespace ocrtune::training
