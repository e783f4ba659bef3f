#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/ocr/line_box.h"

namespace ocrtune::columns {

/// The lines of a page.
struct TextLines {
  std::vector<LineBox> boxes;
  std::vector<std::string> texts;   ///< those of `boxes`
  std::vector<std::size_t> begins;  ///< the index of the first word of each
};

/// Words from left to right in each line, without their characters; only those with a letter or a
/// digit, if asked. Pure.
std::vector<Word> from_left_to_right(const std::vector<Word>& words, bool only_with_letters);

/// Whether a line ends between a word and the next one.
using EndsLine = std::function<bool(const Word& word, const Word& next)>;

/// The lines, as the engine found them, of words that stand from left to right. Pure.
TextLines text_lines(std::span<const Word> words);

/// The same, but that lines end as `ends` says. Pure if `ends` is.
TextLines text_lines(std::span<const Word> words, const EndsLine& ends);

}  // namespace ocrtune::columns
