#pragma once

#include <cstddef>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Words that are broken by a hyphen: two letters or more, then a hyphen as printed
/// ("-", "¬", "=", "⸗", U+2010) or a soft one. Where lines
/// go across columns, the other parts of these words are not at the beginning of the next line.
struct BrokenWords {
  std::size_t at_ends = 0;  ///< of lines that are eight times as long as high: not of cells
  std::size_t within = 0;   ///< lines, before a word of five letters: not "Vor- und Nachteile"
};

/// Those of an OCR result. Pure; thread-safe.
BrokenWords broken_words(const OcrResult& ocr_result);

/// Whether words are broken within the lines of an OCR result, two or more. Pure; thread-safe.
bool breaks_words_within_lines(const OcrResult& ocr_result);

/// Whether `other`, of the same page, has half of the words that are broken within the lines of an
/// OCR result at the ends of lines: these lines were too long. Pure; thread-safe.
bool has_them_at_ends(const OcrResult& ocr_result, const OcrResult& other);

}  // namespace ocrtune
