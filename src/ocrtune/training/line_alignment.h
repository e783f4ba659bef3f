#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace ocrtune::training {

/// A line of an OCR result, and the ground truth that it surely is.
struct AlignedLine {
  std::size_t ocr_line = 0;  ///< its index
  std::string text;          ///< UTF-8, NFC; whole words of the ground truth, with single spaces
};

/// The lines of an OCR result that surely are a part of the ground truth, in their order; each part
/// at most once. UTF-8; the texts may have their lines in other orders, and the ground truth other
/// line breaks or none.
///
/// Each line is looked for in the whole ground truth; it is sure if it is like one part only, and
/// no other line is like that. Short lines, and those that are like several, are looked for between
/// the parts of the sure lines beside them. It must be clear with which words a part begins and
/// ends.
///
/// Of more than 10 000 lines, or if the product of the numbers of characters is above 4e9, none is
/// sure; a line of more than 1000 characters never is. Pure; thread-safe; O(characters of one text
/// times those of the other).
std::vector<AlignedLine> align_lines(std::span<const std::string> ocr_lines,
                                     std::string_view truth);

}  // namespace ocrtune::training
