#pragma once

#include <string>
#include <vector>

#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// How far letters of a font reach above and below the baseline, in thousandths of its size.
struct Extent {
  int ascent = 0;
  int descent = 0;
};

/// The words of a page as text that a PDF has and doesn't show.
struct TextLayer {
  /// Operators of PDF, in px from the lower left corner of the page. "F0" is the first font; codes
  /// of characters have two bytes.
  std::string content;
  std::vector<Extent> fonts;
  std::vector<std::u16string> characters;  ///< what codes from 1 on stand for
};

/// Width of every character, in thousandths of the font's size.
constexpr int kCharacterWidth = 500;

/// Every word fills its box, in reading order, with spaces between the words of a line; words
/// without a visible character are left out. Lines may run in any of four directions. Pure;
/// thread-safe.
TextLayer text_layer(const Reading& reading);

}  // namespace ocrtune
