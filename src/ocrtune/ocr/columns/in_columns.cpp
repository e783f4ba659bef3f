#include "ocrtune/ocr/columns/in_columns.h"

#include <algorithm>
#include <string>
#include <vector>

#include "ocrtune/ocr/columns/broken_words.h"
#include "ocrtune/ocr/columns/columns.h"
#include "ocrtune/ocr/columns/may_be_in_columns.h"
#include "ocrtune/ocr/columns/same_line.h"
#include "ocrtune/ocr/columns/text_lines.h"
#include "ocrtune/ocr/columns/word_height.h"

namespace ocrtune {
namespace {

/// Lines as if the page were not skewed, and the gutters between them.
struct Columns {
  /// Without gutters between more lines than columns::kMaxLines.
  explicit Columns(const columns::TextLines& text) : lines(columns::placed_lines(text.boxes)) {
    if (lines.size() <= columns::kMaxLines)
      gutters = columns::gutters_between_columns(lines, text.texts);
  }

  std::vector<columns::PlacedLine> lines;
  std::vector<columns::Gutter> gutters;
};

/// Whether most words follow the one before without a space, as in Chinese and Japanese.
bool are_joined(const std::vector<Word>& words) {
  const auto joined = std::ranges::count(words, false, &Word::space_before);
  return 2 * static_cast<std::size_t>(joined) > words.size();
}

/// Whether there are as many lines on both sides of gutters as columns have: a note of a few lines
/// in a form is none.
bool have_lines_on_both_sides(const std::vector<columns::Gutter>& gutters,
                              const std::vector<columns::PlacedLine>& lines) {
  constexpr std::ptrdiff_t kMinLines = 6;
  constexpr std::ptrdiff_t kMinLinesOfOne = 10;
  const auto count = [&](auto is_there) {
    return std::ranges::count_if(lines, [&](const columns::PlacedLine& line) {
      return std::ranges::any_of(gutters, [&](const columns::Gutter& gutter) {
        return gutter.reaches(line) && is_there(line.x, gutter.x);
      });
    });
  };
  const auto left = count([](double line, double gutter) { return line < gutter; });
  const auto right = count([](double line, double gutter) { return line > gutter; });
  return std::min(left, right) >= kMinLines && std::max(left, right) >= kMinLinesOfOne;
}

/// Those between the lines as the engine found them.
Columns own_columns(const OcrResult& ocr_result) {
  const std::vector<Word> words = columns::from_left_to_right(ocr_result.words, true);
  return Columns(columns::text_lines(words));
}

}  // namespace

bool is_in_columns(const OcrResult& ocr_result) {
  const Columns found = own_columns(ocr_result);
  return have_lines_on_both_sides(found.gutters, found.lines);
}

bool goes_across_columns(const OcrResult& ocr_result) {
  // In heights of a word. 0.6 to 1.0 find 7 to 10 of 14 pages in columns, and none of 80 others.
  constexpr double kWideSpace = 0.9;
  // Rules between columns are recognized as words without letters.
  const std::vector<Word> words = columns::from_left_to_right(ocr_result.words, true);
  if (words.empty()) return false;
  const double wide = kWideSpace * median_word_height(words);
  const bool joined = are_joined(words);
  const std::vector<bool> common = joined ? before_common_spaces(words) : std::vector<bool>();
  const columns::TextLines lines =
      columns::text_lines(words, [&](const Word& word, const Word& next) {
        // Signs of punctuation that are as wide as letters have a wide space within them.
        const bool wide_space = joined ? common[static_cast<std::size_t>(&word - words.data())]
                                       : next.left - word.right >= wide;
        return !are_in_one_line(word, next) || wide_space;
      });
  return !Columns(lines).gutters.empty();
}

bool is_out_of_order(const OcrResult& ocr_result) {
  const BrokenWords broken = broken_words(ocr_result);
  constexpr std::size_t kMany = 4;
  if (broken.within >= kMany && broken.within > broken.at_ends) return true;
  return may_be_in_columns(ocr_result) && goes_across_columns(ocr_result) &&
         own_columns(ocr_result).gutters.empty();
}

}  // namespace ocrtune
