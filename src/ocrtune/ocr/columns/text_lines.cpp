#include "ocrtune/ocr/columns/text_lines.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <cstddef>
#include <opencv2/core.hpp>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/columns/same_line.h"

namespace ocrtune::columns {
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

bool has_letters(const Word& word) {
  return std::ranges::any_of(code_points(word.text),
                             [](char32_t c) { return u_isalnum(static_cast<UChar32>(c)) != 0; });
}

}  // namespace

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
                                  [&](const Word& word) { return !are_in_one_line(*begin, word); });
    std::stable_sort(begin, end, [](const Word& a, const Word& b) { return a.left < b.left; });
    begin = end;
  }
  return copies;
}

TextLines text_lines(std::span<const Word> words) {
  return text_lines(
      words, [](const Word& word, const Word& next) { return !are_in_one_line(word, next); });
}

TextLines text_lines(std::span<const Word> words, const EndsLine& ends) {
  TextLines lines;
  for (std::size_t begin = 0; begin < words.size();) {
    std::string text = words[begin].text;
    std::size_t end = begin + 1;
    for (; end < words.size() && !ends(words[end - 1], words[end]); ++end)
      text += (words[end].space_before ? " " : "") + words[end].text;
    lines.boxes.push_back(box_around(words.subspan(begin, end - begin)));
    lines.texts.push_back(std::move(text));
    lines.begins.push_back(begin);
    begin = end;
  }
  return lines;
}

}  // namespace ocrtune::columns
