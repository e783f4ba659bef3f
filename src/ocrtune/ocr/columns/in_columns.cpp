#include "ocrtune/ocr/columns/in_columns.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "ocrtune/ocr/columns/columns.h"

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

}  // namespace

bool is_in_columns(const OcrResult& ocr_result) {
  const auto line_of = [](const Word& word) {
    return std::tie(word.block, word.paragraph, word.line);
  };
  std::vector<LineBox> boxes;
  std::vector<std::string> texts;
  const std::span<const Word> words(ocr_result.words);
  for (std::size_t begin = 0; begin < words.size();) {
    std::string text = words[begin].text;
    std::size_t end = begin + 1;
    for (; end < words.size() && line_of(words[end]) == line_of(words[begin]); ++end)
      text += (words[end].space_before ? " " : "") + words[end].text;
    boxes.push_back(box_around(words.subspan(begin, end - begin)));
    texts.push_back(std::move(text));
    begin = end;
  }
  const std::vector<columns::PlacedLine> lines = columns::placed_lines(boxes);
  return std::ranges::any_of(
      columns::gutters_between_columns(lines, texts),
      [&](const columns::Gutter& gutter) { return has_lines_on_both_sides(gutter, lines); });
}

}  // namespace ocrtune
