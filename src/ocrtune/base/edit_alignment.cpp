#include "ocrtune/base/edit_alignment.h"

#include <algorithm>
#include <numeric>
#include <type_traits>

#include "ocrtune/base/edit_distance.h"

namespace ocrtune {
namespace {

using Elements = std::span<const std::uint32_t>;
using Costs = std::vector<std::uint32_t>;

/// Greatest number of cells of a table that is kept as a whole.
constexpr std::size_t kWholeTable = 1U << 22U;

template <typename Reversed>
std::uint32_t element(Elements elements, std::size_t at, Reversed reversed) {
  return reversed ? elements[elements.size() - 1 - at] : elements[at];
}

/// The distances of `truth` to all prefixes of `read`; with `reversed`, of the reversed sequences.
/// Distances above `most` are only known to be above it: cells further from the diagonal are not
/// computed.
template <typename Reversed>
Costs last_row(Elements read, Elements truth, std::size_t most, Reversed reversed) {
  constexpr std::uint32_t kFar = UINT32_MAX / 2;
  Costs row(read.size() + 1);
  std::iota(row.begin(), row.end(), 0U);
  for (std::size_t t = 1; t <= truth.size(); ++t) {
    const std::uint32_t wanted = element(truth, t - 1, reversed);
    const std::size_t begin = t > most ? t - most : 1;
    const std::size_t end = std::min(read.size(), t + most);
    if (begin > end) return Costs(read.size() + 1, kFar);
    std::uint32_t diagonal = row[begin - 1];
    row[begin - 1] = begin == 1 && t <= most ? static_cast<std::uint32_t>(t) : kFar;
    for (std::size_t r = begin; r <= end; ++r) {
      const std::uint32_t substituted =
          diagonal + (element(read, r - 1, reversed) == wanted ? 0U : 1U);
      diagonal = row[r];
      row[r] = std::min({substituted, diagonal + 1, row[r - 1] + 1});
    }
  }
  return row;
}

class Aligner {
 public:
  std::vector<Edit> take() { return std::move(edits_); }

  /// `distance` is the edit distance of the two.
  void align(Elements read, Elements truth, std::size_t distance) {
    const auto differ = std::ranges::mismatch(read, truth);
    const auto same = static_cast<std::size_t>(differ.in1 - read.begin());
    add(Edit::equal, same);
    read = read.subspan(same);
    truth = truth.subspan(same);
    std::size_t same_end = 0;
    while (same_end < std::min(read.size(), truth.size()) &&
           read[read.size() - 1 - same_end] == truth[truth.size() - 1 - same_end])
      ++same_end;
    align_middle(read.first(read.size() - same_end), truth.first(truth.size() - same_end),
                 distance);
    add(Edit::equal, same_end);
  }

 private:
  void add(Edit edit, std::size_t times) { edits_.insert(edits_.end(), times, edit); }

  void align_middle(Elements read, Elements truth, std::size_t distance) {
    if (read.empty() || truth.empty()) {
      add(Edit::added, read.size());
      add(Edit::missing, truth.size());
    } else if (truth.size() == 1 || (read.size() + 1) * (truth.size() + 1) <= kWholeTable) {
      align_by_table(read, truth);
    } else {
      align_halves(read, truth, distance);
    }
  }

  void align_halves(Elements read, Elements truth, std::size_t distance) {
    const std::size_t half = truth.size() / 2;
    const Costs before = last_row(read, truth.first(half), distance, std::false_type{});
    const Costs after = last_row(read, truth.subspan(half), distance, std::true_type{});
    std::size_t cut = 0;
    for (std::size_t r = 1; r <= read.size(); ++r) {
      if (before[r] + after[read.size() - r] < before[cut] + after[read.size() - cut]) cut = r;
    }
    align(read.first(cut), truth.first(half), before[cut]);
    align(read.subspan(cut), truth.subspan(half), after[read.size() - cut]);
  }

  void align_by_table(Elements read, Elements truth) {
    const std::size_t width = read.size() + 1;
    table_.resize(width * (truth.size() + 1));
    fill_table(read, truth);
    std::size_t r = read.size();
    std::size_t t = truth.size();
    const std::size_t begin = edits_.size();
    while (r > 0 || t > 0) {
      const Edit edit = table_[t * width + r];
      edits_.push_back(edit);
      if (edit != Edit::missing) --r;
      if (edit != Edit::added) --t;
    }
    std::reverse(edits_.begin() + static_cast<std::ptrdiff_t>(begin), edits_.end());
  }

  /// Stores the last step of a shortest path to each cell.
  void fill_table(Elements read, Elements truth) {
    const std::size_t width = read.size() + 1;
    Costs row(width);
    std::iota(row.begin(), row.end(), 0U);
    std::fill_n(table_.begin(), width, Edit::added);
    for (std::size_t t = 0; t < truth.size(); ++t) {
      Edit* steps = table_.data() + (t + 1) * width;
      steps[0] = Edit::missing;
      std::uint32_t diagonal = row[0];
      row[0] = static_cast<std::uint32_t>(t + 1);
      for (std::size_t r = 0; r < read.size(); ++r) {
        const bool equal = read[r] == truth[t];
        std::uint32_t cost = diagonal + (equal ? 0U : 1U);
        Edit step = equal ? Edit::equal : Edit::substituted;
        if (row[r + 1] + 1 < cost) {
          cost = row[r + 1] + 1;
          step = Edit::missing;
        }
        if (row[r] + 1 < cost) {
          cost = row[r] + 1;
          step = Edit::added;
        }
        diagonal = row[r + 1];
        row[r + 1] = cost;
        steps[r + 1] = step;
      }
    }
  }

  std::vector<Edit> edits_;
  std::vector<Edit> table_;
};

}  // namespace

std::vector<Edit> edit_alignment(std::span<const std::uint32_t> read,
                                 std::span<const std::uint32_t> truth) {
  Aligner aligner;
  aligner.align(read, truth, edit_distance(read, truth));
  return aligner.take();
}

}  // namespace ocrtune
