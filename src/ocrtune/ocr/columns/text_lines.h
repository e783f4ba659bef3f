#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/ocr/line_box.h"

namespace ocrtune::columns {

/// The lines of a page: `texts` are those of `boxes`.
struct TextLines {
  std::vector<LineBox> boxes;
  std::vector<std::string> texts;
};

/// Words from left to right in each line, without their characters; only those with a letter or a
/// digit, if asked. Pure.
std::vector<Word> from_left_to_right(const std::vector<Word>& words, bool only_with_letters);

/// Whether a line ends between a word and the next one.
using EndsLine = std::function<bool(const Word& word, const Word& next)>;

/// The lines of words that stand from left to right: as the engine found them, or as `ends` says.
/// Pure if `ends` is.
TextLines text_lines(std::span<const Word> words);
TextLines text_lines(std::span<const Word> words, const EndsLine& ends);

}  // namespace ocrtune::columns
