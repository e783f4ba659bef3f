#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// A text line of a page with the words that several OCR results have in it.
struct TextLine {
  std::vector<std::vector<const Word*>> words;  ///< by OCR result, from left to right
  double height = 0;                            ///< median height of its words, px
  int block = 0;                                ///< of the OCR result that the line is from
  int paragraph = 0;                            ///< the same
};

/// Assigns the words of OCR results to text lines by their positions: those of the first result in
/// its order, then lines of words that have none there, each after the line above it. Consecutive
/// lines of a result side by side, at most ten line heights apart, are one. A word belongs to the
/// line whose height, at the word's place along the line's slope, is nearest, at most half a line
/// away. Words without a position are left out. The results must outlive the lines. Pure;
/// thread-safe; O(words × lines).
std::vector<TextLine> common_lines(const std::vector<const OcrResult*>& results);

}  // namespace ocrtune
