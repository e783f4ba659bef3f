#include "ocrtune/ocr/columns/may_be_in_columns.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "ocrtune/ocr/columns/same_line.h"
#include "ocrtune/ocr/columns/word_height.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMinLines = 7;
/// Lines without the space: of a column that is higher than the other one, or indented.
constexpr std::size_t kMaxStep = 2;
// In heights of a word.
constexpr double kMinWidth = 0.6;
constexpr double kMinCommonWidth = 0.4;
/// Bounds the time for pages full of noise.
constexpr std::size_t kMaxSpaces = 3000;

/// A wide space between two words of a line.
struct WideSpace {
  std::size_t before = 0;  ///< index of the word that stands before it
  std::size_t line = 0;
  int left = 0;
  int right = 0;
};

/// Those of all lines, from top to bottom.
std::vector<WideSpace> wide_spaces(const std::vector<Word>& words, double width) {
  std::vector<WideSpace> spaces;
  std::size_t line = 0;
  for (std::size_t i = 1; i < words.size() && spaces.size() < kMaxSpaces; ++i) {
    const Word& before = words[i - 1];
    if (!are_in_one_line(before, words[i])) {
      ++line;
      continue;
    }
    // Words may run from right to left.
    const auto [left, right] = before.left <= words[i].left
                                   ? std::pair(before.right, words[i].left)
                                   : std::pair(words[i].right, before.left);
    if (right - left >= width)
      spaces.push_back({.before = i - 1, .line = line, .left = left, .right = right});
  }
  return spaces;
}

/// Spaces below one another, at most one in a line, from the first one on.
std::vector<std::size_t> spaces_below(const std::vector<WideSpace>& spaces, std::size_t first,
                                      double common) {
  WideSpace last = spaces[first];
  std::vector<std::size_t> below{first};
  for (std::size_t i = first + 1; i < spaces.size(); ++i) {
    const WideSpace& next = spaces[i];
    if (next.line > last.line + kMaxStep) break;
    const int left = std::max(last.left, next.left);
    const int right = std::min(last.right, next.right);
    if (next.line == last.line || right - left < common) continue;
    last = {.before = next.before, .line = next.line, .left = left, .right = right};
    below.push_back(i);
  }
  return below;
}

}  // namespace

bool may_be_in_columns(const OcrResult& ocr_result) {
  return std::ranges::any_of(before_common_spaces(ocr_result.words), std::identity{});
}

std::vector<bool> before_common_spaces(const std::vector<Word>& words) {
  std::vector<bool> before(words.size(), false);
  if (words.empty()) return before;
  const double height = median_word_height(words);
  const std::vector<WideSpace> spaces = wide_spaces(words, kMinWidth * height);
  for (std::size_t i = 0; i < spaces.size(); ++i) {
    const std::vector<std::size_t> below = spaces_below(spaces, i, kMinCommonWidth * height);
    if (below.size() < kMinLines) continue;
    for (const std::size_t space : below) before[spaces[space].before] = true;
  }
  return before;
}

}  // namespace ocrtune
