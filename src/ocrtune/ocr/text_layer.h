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

/// The name of the font of a one_font_layer(): where OCRmyPDF looks for that of a page's text.
constexpr const char* kOnlyFont = "f-0-0";

/// The extent of that font: together an em.
constexpr Extent kOnlyExtent{.ascent = 800, .descent = 200};

/// The same with one font for all pages, called kOnlyFont, for programs that put the text of
/// several pages together with the font of the first: codes are UTF-16 units (`characters` is
/// empty), and every word is as high as its line.
TextLayer one_font_layer(const OcrResult& reading);

}  // namespace ocrtune
