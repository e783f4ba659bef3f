#include "ocrtune/ocr/columns/in_columns.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cmath>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/columns/broken_words.h"
#include "ocrtune/ocr/columns/columns.h"
#include "ocrtune/ocr/columns/may_be_in_columns.h"
#include "ocrtune/ocr/columns/same_line.h"
#include "ocrtune/ocr/columns/word_height.h"

namespace ocrtune {
namespace {

cv::Point2d left_end(const Word& word) {
  return {static_cast<double>(word.left), (word.top + word.bottom) / 2.0};
}

cv::Point2d right_end(const Word& word) {
  return {static_cast<double>(word.right), (word.top + word.bottom) / 2.0};
}

/// A line around its words.
LineBox box_around(std::span<const Word> words) {
  const cv::Point2d begin = left_end(words.front());
  const cv::Point2d end = right_end(words.back());
  const double length = cv::norm(end - begin);
  int height = 1;
  for (const Word& word : words) height = std::max(height, word.bottom - word.top);
  return {.centre = (begin + end) / 2,
          .along = length > 0 ? (end - begin) / length : cv::Point2d{1, 0},
          .length = length,
          .thickness = static_cast<double>(height)};
}

struct TextLines {
  std::vector<LineBox> boxes;
  std::vector<std::string> texts;
};

/// Lines as if the page were not skewed, and the gutters between them.
struct Columns {
  /// Without gutters between more lines than kMaxLines.
  explicit Columns(const TextLines& text) : lines(columns::placed_lines(text.boxes)) {
    if (lines.size() <= kMaxLines) gutters = columns::gutters_between_columns(lines, text.texts);
  }

  /// Bounds the time for pages full of noise; a newspaper's page has a quarter of it.
  static constexpr std::size_t kMaxLines = 4000;

  std::vector<columns::PlacedLine> lines;
  std::vector<columns::Gutter> gutters;
};

bool is_other_line(const Word& word, const Word& next) { return !are_in_one_line(word, next); }

bool has_letters(const Word& word) {
  return std::ranges::any_of(code_points(word.text),
                             [](char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; });
}

/// Words from left to right in each line, without their characters.
std::vector<Word> from_left_to_right(const std::vector<Word>& words, bool only_with_letters) {
  std::vector<Word> copies;
  copies.reserve(words.size());
  for (const Word& word : words) {
    if (only_with_letters && !has_letters(word)) continue;
    copies.push_back({.text = word.text,
                      .left = word.left,
                      .top = word.top,
                      .right = word.right,
                      .bottom = word.bottom,
                      .block = word.block,
                      .paragraph = word.paragraph,
                      .line = word.line,
                      .space_before = word.space_before});
  }
  for (auto begin = copies.begin(); begin != copies.end();) {
    const auto end = std::find_if(begin, copies.end(),
                                  [&](const Word& word) { return is_other_line(*begin, word); });
    std::stable_sort(begin, end, [](const Word& a, const Word& b) { return a.left < b.left; });
    begin = end;
  }
  return copies;
}

/// The lines of an OCR result, of which `ends` says after which word one ends.
template <typename Ends>
TextLines lines_of(std::span<const Word> words, const Ends& ends) {
  TextLines lines;
  for (std::size_t begin = 0; begin < words.size();) {
    std::string text = words[begin].text;
    std::size_t end = begin + 1;
    for (; end < words.size() && !ends(words[end - 1], words[end]); ++end)
      text += (words[end].space_before ? " " : "") + words[end].text;
    lines.boxes.push_back(box_around(words.subspan(begin, end - begin)));
    lines.texts.push_back(std::move(text));
    begin = end;
  }
  return lines;
}

/// Whether most words follow the one before without a space, as in Chinese and Japanese.
bool are_joined(const std::vector<Word>& words) {
  const auto joined = std::ranges::count(words, false, &Word::space_before);
  return 2 * static_cast<std::size_t>(joined) > words.size();
}

/// A note of a few lines in a form is no column.
bool has_lines_on_both_sides(const columns::Gutter& gutter,
                             const std::vector<columns::PlacedLine>& lines) {
  constexpr std::ptrdiff_t kMinLines = 10;
  const auto count = [&](auto is_there) {
    return std::ranges::count_if(lines, [&](const columns::PlacedLine& line) {
      return gutter.reaches(line) && is_there(line.x);
    });
  };
  return count([&](double x) { return x < gutter.x; }) >= kMinLines &&
         count([&](double x) { return x > gutter.x; }) >= kMinLines;
}

/// Those between the lines as the engine found them.
Columns own_columns(const OcrResult& ocr_result) {
  const std::vector<Word> words = from_left_to_right(ocr_result.words, false);
  return Columns(lines_of(words, is_other_line));
}

}  // namespace

bool is_in_columns(const OcrResult& ocr_result) {
  const Columns found = own_columns(ocr_result);
  return std::ranges::any_of(found.gutters, [&](const columns::Gutter& gutter) {
    return has_lines_on_both_sides(gutter, found.lines);
  });
}

bool goes_across_columns(const OcrResult& ocr_result) {
  // In heights of a word. 0.6 to 1.0 find 7 to 10 of 14 pages in columns, and none of 80 others.
  constexpr double kWideSpace = 0.9;
  // Rules between columns are recognized as words without letters.
  const std::vector<Word> words = from_left_to_right(ocr_result.words, true);
  if (words.empty()) return false;
  const double wide = kWideSpace * median_word_height(words);
  const bool joined = are_joined(words);
  const std::vector<bool> common = joined ? before_common_spaces(words) : std::vector<bool>();
  const TextLines lines = lines_of(words, [&](const Word& word, const Word& next) {
    // Signs of punctuation that are as wide as letters have a wide space within them.
    const bool wide_space = joined ? common[static_cast<std::size_t>(&word - words.data())]
                                   : next.left - word.right >= wide;
    return is_other_line(word, next) || wide_space;
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
