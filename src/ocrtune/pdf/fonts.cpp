#include "ocrtune/pdf/fonts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "ocrtune/pdf/glyphless_font.h"

namespace ocrtune {
namespace {

std::string hexadecimal(const std::u16string& text) {
  std::string digits;
  for (const char16_t unit : text) digits += fmt::format("{:04x}", static_cast<unsigned>(unit));
  return digits;
}

/// A CMap from codes to Unicode with these ranges and characters.
std::string cmap_of(const std::string& mapping) {
  return "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
         "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
         "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
         "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n" +
         mapping + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

/// The CMap from the codes from 1 on to their text.
std::string to_unicode(const std::vector<FontCharacter>& characters) {
  std::string map;
  constexpr std::size_t kMaxAtOnce = 100;
  for (std::size_t from = 0; from < characters.size(); from += kMaxAtOnce) {
    const std::size_t to = std::min(characters.size(), from + kMaxAtOnce);
    map += fmt::format("{} beginbfchar\n", to - from);
    for (std::size_t i = from; i < to; ++i)
      map += fmt::format("<{:04x}> <{}>\n", i + 1, hexadecimal(characters[i].text));
    map += "endbfchar\n";
  }
  return cmap_of(map);
}

/// The entries of a font's /W for codes from 1 on: those without a width.
std::string widths_of(const std::vector<FontCharacter>& characters) {
  std::string widths;
  for (std::size_t i = 0; i < characters.size(); ++i) {
    if (!characters[i].has_width) widths += fmt::format(" {} [0]", i + 1);
  }
  return widths;
}

/// `count` codes from 0 on, which all have the one glyph.
std::string glyphs_of_codes(std::size_t count) {
  std::string glyphs;
  for (std::size_t code = 0; code < count; ++code) glyphs += std::string("\0\1", 2);
  return glyphs;
}

PdfFontParts written_parts(PdfWriter& pdf, std::size_t codes, const std::string& cmap) {
  const std::string file = glyphless_font();
  return {.file = pdf.deflated_stream(fmt::format("/Length1 {}", file.size()), file),
          .glyph_of_code = pdf.deflated_stream("", glyphs_of_codes(codes)),
          .to_unicode = pdf.deflated_stream("", cmap)};
}

}  // namespace

PdfFontParts write_font_parts(PdfWriter& pdf, const std::vector<FontCharacter>& characters) {
  PdfFontParts parts = written_parts(pdf, characters.size() + 1, to_unicode(characters));
  const std::string widths = widths_of(characters);
  if (!widths.empty()) parts.widths = pdf.object("[" + widths + "]");
  return parts;
}

PdfFontParts write_utf16_font_parts(PdfWriter& pdf) {
  constexpr std::size_t kCodes = 0x10000;
  return written_parts(pdf, kCodes, cmap_of("1 beginbfrange\n<0000> <ffff> <0000>\nendbfrange\n"));
}

void write_font(PdfWriter& pdf, int number, const Extent& extent, const PdfFontParts& parts) {
  const int descriptor = pdf.object(fmt::format(
      "<< /Type /FontDescriptor /FontName /OcrtuneGlyphless /Flags 5 /FontBBox [0 -{1} {2} {0}] "
      "/ItalicAngle 0 /Ascent {0} /Descent -{1} /CapHeight {0} /StemV 80 /FontFile2 {3} 0 R >>",
      extent.ascent, extent.descent, kCharacterWidth, parts.file));
  const int descendant = pdf.object(
      fmt::format("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /OcrtuneGlyphless /DW {} "
                  "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
                  "/FontDescriptor {} 0 R /CIDToGIDMap {} 0 R{} >>",
                  kCharacterWidth, descriptor, parts.glyph_of_code,
                  parts.widths == 0 ? "" : fmt::format(" /W {} 0 R", parts.widths)));
  pdf.object(number,
             fmt::format("<< /Type /Font /Subtype /Type0 /BaseFont /OcrtuneGlyphless /Encoding "
                         "/Identity-H /DescendantFonts [{} 0 R] /ToUnicode {} 0 R >>",
                         descendant, parts.to_unicode));
}

}  // namespace ocrtune
