// libqpdf 11 warns of its old pointers unless told that they aren't used.
#define POINTERHOLDER_TRANSITION 4

#include "ocrtune/ocr/searchable_pdf.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <qpdf/Buffer.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>
#include <qpdf/QPDFWriter.hh>

#include "ocrtune/base/text.h"
#include "ocrtune/ocr/glyphless_font.h"
#include "ocrtune/ocr/text_layer.h"

namespace ocrtune {
namespace {

using Object = QPDFObjectHandle;

std::string hexadecimal(const std::u16string& text) {
  std::string digits;
  for (const char16_t unit : text) digits += fmt::format("{:04x}", static_cast<unsigned>(unit));
  return digits;
}

/// Which text the codes from 1 on stand for.
std::string to_unicode(const std::vector<std::u16string>& characters) {
  std::string map =
      "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
      "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n";
  constexpr std::size_t kMostAtOnce = 100;
  for (std::size_t from = 0; from < characters.size(); from += kMostAtOnce) {
    const std::size_t to = std::min(characters.size(), from + kMostAtOnce);
    map += fmt::format("{} beginbfchar\n", to - from);
    for (std::size_t i = from; i < to; ++i)
      map += fmt::format("<{:04x}> <{}>\n", i + 1, hexadecimal(characters[i]));
    map += "endbfchar\n";
  }
  return map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n";
}

class PdfPage {
 public:
  PdfPage() { pdf_.emptyPDF(); }

  std::string made(const Reading& reading, const PageSource& source, const Facsimile& page) {
    const double long_side =
        std::max(page.width / dots(page.dpi.x), page.height / dots(page.dpi.y));
    const bool believable = long_side <= 200;
    const double x = 72 / (believable ? dots(page.dpi.x) : kUnknownDpi);
    const double y = 72 / (believable ? dots(page.dpi.y) : kUnknownDpi);
    const TextLayer layer = text_layer(reading);
    // A trace within the page: what ends where a px ends, Poppler draws a px too wide.
    constexpr double kTrace = 1e-3;
    std::string content = fmt::format("q\n{:.6f} 0 0 {:.6f} {:.6f} {:.6f} cm\n/Page Do\nQ\n",
                                      x * (page.width - 2 * kTrace), y * (page.height - 2 * kTrace),
                                      x * kTrace, y * kTrace);
    content += fmt::format("q\n{:.8f} 0 0 {:.8f} 0 0 cm\n{}Q\n", x, y, layer.content);
    Object resources = Object::newDictionary();
    resources.replaceKey("/XObject", dictionary({{"/Page", image(page)}}));
    resources.replaceKey("/Font", fonts(layer));
    Object object = Object::parse(fmt::format("<< /Type /Page /MediaBox [0 0 {:.6f} {:.6f}] >>",
                                              x * page.width, y * page.height));
    object.replaceKey("/Resources", resources);
    object.replaceKey("/Contents", Object::newStream(&pdf_, content));
    pdf_.addPage(pdf_.makeIndirectObject(object), false);
    Object info = Object::newDictionary();
    info.replaceKey("/Title", text(source.name));
    info.replaceKey("/Producer", text(source.program));
    pdf_.getTrailer().replaceKey("/Info", pdf_.makeIndirectObject(info));
    return written();
  }

 private:
  static double dots(double dpi) { return dpi > 0 ? dpi : kUnknownDpi; }

  static Object text(const std::string& any) {
    return Object::newUnicodeString(utf8(code_points(any)));
  }

  static Object dictionary(const std::map<std::string, Object>& entries) {
    return Object::newDictionary(entries);
  }

  /// The stream's bytes stay where they are: `bytes` must outlive the PDF.
  Object image(const Facsimile& page) {
    const bool jpeg = page.coding == Facsimile::Coding::jpeg;
    auto* first = reinterpret_cast<unsigned char*>(const_cast<std::byte*>(page.data.data()));
    Object stream = Object::newStream(&pdf_);
    Object entries = stream.getDict();
    entries.replaceKey("/Type", Object::newName("/XObject"));
    entries.replaceKey("/Subtype", Object::newName("/Image"));
    entries.replaceKey("/Width", Object::newInteger(page.width));
    entries.replaceKey("/Height", Object::newInteger(page.height));
    entries.replaceKey("/BitsPerComponent", Object::newInteger(page.bits));
    Object colours = Object::newName(page.channels == 3 ? "/DeviceRGB" : "/DeviceGray");
    if (!page.palette.empty()) {
      const std::string palette(reinterpret_cast<const char*>(page.palette.data()),
                                page.palette.size());
      colours = Object::newArray({Object::newName("/Indexed"), Object::newName("/DeviceRGB"),
                                  Object::newInteger(static_cast<int>(palette.size() / 3) - 1),
                                  Object::newString(palette)});
    }
    entries.replaceKey("/ColorSpace", colours);
    const std::string rows =
        fmt::format("<< /Predictor 15 /Colors {} /BitsPerComponent {} /Columns {} >>",
                    page.channels, page.bits, page.width);
    stream.replaceStreamData(std::make_shared<Buffer>(first, page.data.size()),
                             Object::newName(jpeg ? "/DCTDecode" : "/FlateDecode"),
                             jpeg ? Object::newNull() : Object::parse(rows));
    return stream;
  }

  /// One font for each extent; all share the font file and the map to Unicode.
  Object fonts(const TextLayer& layer) {
    Object all = Object::newDictionary();
    if (layer.fonts.empty()) return all;
    const std::string file = glyphless_font();
    Object font_file = Object::newStream(&pdf_, file);
    font_file.getDict().replaceKey("/Length1", Object::newInteger(static_cast<int>(file.size())));
    std::string glyphs;
    for (std::size_t code = 0; code <= layer.characters.size(); ++code)
      glyphs += std::string("\0\1", 2);
    const Object glyph_of_code = Object::newStream(&pdf_, glyphs);
    const Object map = Object::newStream(&pdf_, to_unicode(layer.characters));
    for (std::size_t i = 0; i < layer.fonts.size(); ++i)
      all.replaceKey(fmt::format("/F{}", i), font(layer.fonts[i], font_file, glyph_of_code, map));
    return all;
  }

  Object font(const Extent& extent, const Object& file, const Object& glyph_of_code,
              const Object& map) {
    Object descriptor = Object::parse(fmt::format(
        "<< /Type /FontDescriptor /FontName /OcrtuneGlyphless /Flags 5 /FontBBox [0 -{1} {2} {0}] "
        "/ItalicAngle 0 /Ascent {0} /Descent -{1} /CapHeight {0} /StemV 80 >>",
        extent.ascent, extent.descent, kCharacterWidth));
    descriptor.replaceKey("/FontFile2", file);
    Object descendant = Object::parse(
        fmt::format("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /OcrtuneGlyphless /DW {} "
                    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
                    kCharacterWidth));
    descendant.replaceKey("/FontDescriptor", pdf_.makeIndirectObject(descriptor));
    descendant.replaceKey("/CIDToGIDMap", glyph_of_code);
    Object font = Object::parse(
        "<< /Type /Font /Subtype /Type0 /BaseFont /OcrtuneGlyphless /Encoding /Identity-H >>");
    font.replaceKey("/DescendantFonts", Object::newArray({pdf_.makeIndirectObject(descendant)}));
    font.replaceKey("/ToUnicode", map);
    return pdf_.makeIndirectObject(font);
  }

  std::string written() {
    QPDFWriter writer(pdf_);
    writer.setOutputMemory();
    writer.setMinimumPDFVersion("1.5");
    writer.setObjectStreamMode(qpdf_o_generate);
    writer.setDeterministicID(true);
    writer.write();
    const std::shared_ptr<Buffer> buffer = writer.getBufferSharedPointer();
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
  }

  QPDF pdf_;
};

}  // namespace

std::string pdf_text(const Reading& reading, const PageSource& source) {
  const Facsimile page = source.facsimile();
  return PdfPage().made(reading, source, page);
}

}  // namespace ocrtune
