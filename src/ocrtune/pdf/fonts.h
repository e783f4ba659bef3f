#pragma once

#include <string>
#include <vector>

#include "ocrtune/pdf/text_layer.h"
#include "ocrtune/pdf/writer.h"

namespace ocrtune {

/// Numbers of the common parts of a document's fonts without glyphs.
struct PdfFontParts {
  int file = 0;
  int glyph_of_code = 0;
  int to_unicode = 0;
  int widths = 0;  ///< of codes that have none; 0: there are none
};

/// For codes that stand for these characters, from 1 on.
PdfFontParts write_font_parts(PdfWriter& pdf, const std::vector<FontCharacter>& characters);

/// For codes that are UTF-16 units.
PdfFontParts write_utf16_font_parts(PdfWriter& pdf);

/// Writes the font `number`, whose characters have this extent.
void write_font(PdfWriter& pdf, int number, const Extent& extent, const PdfFontParts& parts);

}  // namespace ocrtune
