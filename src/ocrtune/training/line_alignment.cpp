#include "ocrtune/training/line_alignment.h"

#include <algorithm>
#include <cstdint>
#include <optional>

#include "ocrtune/base/edit_alignment.h"
#include "ocrtune/base/edit_distance.h"
#include "ocrtune/base/text.h"
#include "ocrtune/training/part_search.h"
#include "ocrtune/training/truth_tokens.h"

namespace ocrtune::training {
namespace {

/// Greatest product of the numbers of characters of two texts that are aligned, some seconds.
constexpr std::size_t kMostCells = 4'000'000'000;
constexpr std::size_t kMostLines = 10'000;
/// Longer ones are no lines, characters.
constexpr std::size_t kLongestLine = 1'000;
/// How often sure lines help the ones beside them.
constexpr int kRounds = 3;

// What came of these limits on pages of two collections is in README.md.
/// Greatest share of a line's characters that may differ from the ground truth.
constexpr double kMostDiffers = 0.35;
/// By how much more, as a share, every other part has to differ.
constexpr double kNextDiffers = 0.2;
/// Shorter lines may be anywhere by chance, characters: they are only looked for beside sure ones.
constexpr std::size_t kFewestAnywhere = 8;
/// Greatest share of a shorter line's characters that may differ.
constexpr double kMostDiffersBeside = 0.35;
/// Share of the characters of a word at the end of a part, and the space beside it, that must speak
/// for it, and of the word beside the part against it.
constexpr double kClearWord = 0.55;
/// Words of so few characters may be on a picture without being in the OCR result.
constexpr std::size_t kEasilyMissed = 2;
/// Longest text at an end of a line that the ground truth may lack, characters.
constexpr std::size_t kMostAdded = 3;

/// Characters at the ends of a line that a text does not have.
std::size_t added_at_ends(const std::u32string& line, const std::u32string& text) {
  const std::vector<std::uint32_t> read(line.begin(), line.end());
  const std::vector<std::uint32_t> wanted(text.begin(), text.end());
  const std::vector<Edit> edits = edit_alignment(read, wanted);
  const auto is_other = [](Edit edit) { return edit != Edit::added; };
  const auto first = std::ranges::find_if(edits, is_other);
  const auto last = std::find_if(edits.rbegin(), edits.rend(), is_other);
  return static_cast<std::size_t>(
      std::max(first - edits.begin(), static_cast<std::ptrdiff_t>(last - edits.rbegin())));
}

class LineAligner {
 public:
  LineAligner(std::span<const std::string> ocr_lines, std::string_view truth)
      : tokens_(tokens_of(truth)), claimed_(tokens_.size(), false) {
    for (const std::string& line : ocr_lines) {
      lines_.push_back(normalized_code_points(line));
      if (lines_.back().size() > kLongestLine) lines_.back().clear();
    }
    parts_.resize(lines_.size());
    has_lines_ = std::ranges::count(tokens_, true, &Token::ends_line) > 1;
  }

  std::vector<AlignedLine> align() {
    if (!is_small()) return {};
    find_anywhere();
    for (int round = 0; round < kRounds && find_beside(); ++round) {
    }
    remove_incomplete();
    std::vector<AlignedLine> aligned;
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      if (parts_[line]) aligned.push_back({.ocr_line = line, .text = utf8(text(*parts_[line]))});
    }
    return aligned;
  }

 private:
  [[nodiscard]] bool is_small() const {
    std::size_t read = 1;
    std::size_t wanted = 1;
    for (const std::u32string& line : lines_) read += line.size() + 1;
    for (const Token& token : tokens_) wanted += token.text.size() + 1;
    return lines_.size() <= kMostLines && read <= kMostCells / wanted;
  }

  [[nodiscard]] std::u32string text(const Part& part) const {
    return text_of(tokens_, part.begin, part.end);
  }

  /// The lines that are like one part only, and of these those that are like no other's.
  void find_anywhere() {
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      if (lines_[line].size() < kFewestAnywhere) continue;
      parts_[line] = sure_part(line, {.begin = 0, .end = tokens_.size()}, kMostDiffers);
    }
    std::vector<std::size_t> users(tokens_.size(), 0);
    for (const std::optional<Part>& part : parts_) {
      for (std::size_t token = part ? part->begin : 0; part && token < part->end; ++token)
        ++users[token];
    }
    for (std::optional<Part>& part : parts_) {
      if (part && std::any_of(users.begin() + static_cast<std::ptrdiff_t>(part->begin),
                              users.begin() + static_cast<std::ptrdiff_t>(part->end),
                              [](std::size_t count) { return count > 1; }))
        part.reset();
    }
  }

  /// The others, between the parts of sure lines before and behind them. Whether there were some.
  bool find_beside() {
    bool some = false;
    for (std::size_t line = 0; line < lines_.size(); ++line) {
      if (parts_[line] || lines_[line].empty()) continue;
      const Part among = between_neighbours(line);
      auto part = sure_part(line, among, kMostDiffersBeside);
      const bool beside = part && (part->begin == among.begin || part->end == among.end);
      if (!beside) continue;
      parts_[line] = part;
      some = true;
    }
    return some;
  }

  /// Where the text of a line is if both are in the same order there; empty if that is not known.
  [[nodiscard]] Part between_neighbours(std::size_t line) const {
    Part among{.begin = 0, .end = tokens_.size()};
    for (std::size_t before = line; before-- > 0;) {
      if (!parts_[before]) continue;
      among.begin = parts_[before]->end;
      break;
    }
    for (std::size_t next = line + 1; next < lines_.size(); ++next) {
      if (!parts_[next]) continue;
      among.end = parts_[next]->begin;
      break;
    }
    for (const std::optional<Part>& part : parts_) {
      if (part && part->begin < among.end && part->end > among.begin) return {};
    }
    return among.begin < among.end ? among : Part{};
  }

  [[nodiscard]] std::optional<Part> sure_part(std::size_t line, const Part& among, double differs) {
    const std::u32string& read = lines_[line];
    const auto share = [&](double of) {
      return static_cast<std::size_t>(of * static_cast<double>(read.size()));
    };
    const auto found = find_part(read, tokens_, among, share(differs + kNextDiffers));
    if (!found || found->distance > share(differs)) return std::nullopt;
    if (found->next_distance <= found->distance + share(kNextDiffers)) return std::nullopt;
    for (std::size_t token = found->part.begin; token < found->part.end; ++token)
      claimed_[token] = true;
    if (!has_clear_ends(read, *found)) return std::nullopt;
    if (added_at_ends(read, text(found->part)) > kMostAdded) return std::nullopt;
    return found->part;
  }

  /// Whether it is clear which word is the first one and the last one of a part.
  [[nodiscard]] bool has_clear_ends(const std::u32string& read, const FoundPart& found) const {
    const auto [begin, end] = found.part;
    // By how many edits, per character of a word, another part is worse.
    const auto worse = [&](Part other, std::size_t word) {
      const std::size_t distance =
          other.begin < other.end ? edit_distance(read, text(other)) : read.size();
      return (static_cast<double>(distance) - static_cast<double>(found.distance)) /
             static_cast<double>(tokens_[word].text.size() + 1);
    };
    // The first and the last word of a line of the ground truth belong to the rest of it.
    const bool first_of_more = begins_line(begin) && !(end - begin > 1 && ends_line(begin));
    const bool last_of_more = ends_line(end - 1) && !(end - begin > 1 && begins_line(end - 1));
    return (first_of_more || worse({.begin = begin + 1, .end = end}, begin) >= kClearWord) &&
           (last_of_more || worse({.begin = begin, .end = end - 1}, end - 1) >= kClearWord) &&
           (begin == 0 || begins_line(begin) ||
            worse({.begin = begin - 1, .end = end}, begin - 1) >= kClearWord) &&
           (end == tokens_.size() || ends_line(end - 1) ||
            worse({.begin = begin, .end = end + 1}, end) >= kClearWord);
  }

  /// The ends of a text without lines are no ends of lines: of the page it may lack more.
  [[nodiscard]] bool begins_line(std::size_t token) const {
    return token == 0 ? has_lines_ : tokens_[token - 1].ends_line;
  }

  [[nodiscard]] bool ends_line(std::size_t token) const {
    return token + 1 == tokens_.size() ? has_lines_ : tokens_[token].ends_line;
  }

  /// Removes parts beside which a short word of the same line of the ground truth is of no line.
  void remove_incomplete() {
    const auto is_missed = [&](std::size_t token) {
      return !claimed_[token] && tokens_[token].text.size() <= kEasilyMissed;
    };
    for (std::optional<Part>& part : parts_) {
      if (part &&
          ((part->begin > 0 && !begins_line(part->begin) && is_missed(part->begin - 1)) ||
           (part->end < tokens_.size() && !ends_line(part->end - 1) && is_missed(part->end))))
        part.reset();
    }
  }

  std::vector<Token> tokens_;
  bool has_lines_ = false;                  // the ground truth has line breaks
  std::vector<bool> claimed_;               // by token: it is in a line, though perhaps not surely
  std::vector<std::u32string> lines_;       // of the OCR result
  std::vector<std::optional<Part>> parts_;  // by line
};

}  // namespace

std::vector<AlignedLine> align_lines(std::span<const std::string> ocr_lines,
                                     std::string_view truth) {
  return LineAligner(ocr_lines, truth).align();
}

}  // namespace ocrtune::training
