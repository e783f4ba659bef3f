#pragma once

#include <string>
#include <vector>

#include "ocrtune/ocr/ocr_result.h"

namespace ocrtune {

/// Height of a font's letters above and below the baseline, in thousandths of its size.
struct Extent {
  int ascent = 0;
  int descent = 0;
};

/// The words of a page as invisible text for a PDF.
struct TextLayer {
  /// Operators of PDF, in px from the lower left corner of the page. "F0" is the first font; codes
  /// of characters have two bytes.
  std::string content;
  std::vector<Extent> fonts;
  std::vector<std::u16string> characters;  ///< the characters of codes from 1 on
};

/// Width of every character, in thousandths of the font's size.
constexpr int kCharacterWidth = 500;

/// Every word fills its box, in reading order, with spaces between the words of a line; words
/// without a visible character are left out. Lines may run in any of four directions. Pure;
/// thread-safe.
TextLayer text_layer(const OcrResult& reading);

}  // namespace ocrtune
