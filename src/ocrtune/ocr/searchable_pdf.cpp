#include "ocrtune/ocr/searchable_pdf.h"

#include <fmt/format.h>
#include <qpdf/qpdf-c.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <opencv2/core/types.hpp>
#include <string_view>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/glyphless_font.h"
#include "ocrtune/ocr/text_layer.h"

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
std::string to_unicode(const std::vector<std::u16string>& characters) {
  std::string map;
  constexpr std::size_t kMostAtOnce = 100;
  for (std::size_t from = 0; from < characters.size(); from += kMostAtOnce) {
    const std::size_t to = std::min(characters.size(), from + kMostAtOnce);
    map += fmt::format("{} beginbfchar\n", to - from);
    for (std::size_t i = from; i < to; ++i)
      map += fmt::format("<{:04x}> <{}>\n", i + 1, hexadecimal(characters[i]));
    map += "endbfchar\n";
  }
  return cmap_of(map);
}

using Object = qpdf_oh;

/// Builds a document with libqpdf's C interface: clang cannot compile the headers of the C++
/// interface as C++20. `written` reports errors.
class Document {
 public:
  Document() : data_(qpdf_init()) {
    qpdf_silence_errors(data());
    qpdf_set_suppress_warnings(data(), QPDF_TRUE);
    qpdf_empty_pdf(data());
  }

  /// `text`: any object of PDF without references.
  Object parsed(const std::string& text) { return qpdf_oh_parse(data(), text.c_str()); }

  Object unicode(const std::string& any) {
    const std::string text = utf8(code_points(any));
    return qpdf_oh_new_binary_unicode_string(data(), text.data(), text.size());
  }

  Object bytes(std::string_view bytes) {
    return qpdf_oh_new_binary_string(data(), bytes.data(), bytes.size());
  }

  /// `bytes` as encoded by `filter`; if there is none, the writer deflates them.
  Object stream(std::string_view bytes, const std::string& filter = "null",
                const std::string& parameters = "null") {
    const Object stream = qpdf_oh_new_stream(data());
    qpdf_oh_replace_stream_data(data(), stream,
                                reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                                parsed(filter), parsed(parameters));
    return stream;
  }

  Object referred(Object object) { return qpdf_make_indirect_object(data(), object); }
  Object entries_of(Object stream) { return qpdf_oh_get_dict(data(), stream); }
  Object trailer() { return qpdf_get_trailer(data()); }

  void set(Object dictionary, const std::string& key, Object value) {
    qpdf_oh_replace_key(data(), dictionary, key.c_str(), value);
  }

  void append(Object array, Object item) { qpdf_oh_append_item(data(), array, item); }

  void add_page(Object page) { qpdf_add_page(data(), data(), page, QPDF_FALSE); }

  std::string written() {
    qpdf_init_write_memory(data());
    qpdf_set_minimum_pdf_version(data(), "1.5");
    qpdf_set_object_stream_mode(data(), qpdf_o_generate);
    qpdf_set_deterministic_ID(data(), QPDF_TRUE);
    qpdf_write(data());
    if (qpdf_has_error(data()) == QPDF_TRUE) {
      throw Error(Errc::output_unwritable,
                  tr("the PDF cannot be created: {}",
                     qpdf_get_error_full_text(data(), qpdf_get_error(data()))));
    }
    return {reinterpret_cast<const char*>(qpdf_get_buffer(data())), qpdf_get_buffer_length(data())};
  }

 private:
  struct Cleanup {
    void operator()(_qpdf_data* data) const { qpdf_cleanup(&data); }
  };

  qpdf_data data() { return data_.get(); }

  std::unique_ptr<_qpdf_data, Cleanup> data_;
};

std::string_view text_of(const std::vector<std::byte>& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

Object image(Document& pdf, const Facsimile& page) {
  const std::string rows =
      fmt::format("<< /Predictor 15 /Colors {} /BitsPerComponent {} /Columns {} >>", page.channels,
                  page.bits, page.width);
  const bool jpeg = page.coding == Facsimile::Coding::jpeg;
  const Object stream =
      pdf.stream(text_of(page.data), jpeg ? "/DCTDecode" : "/FlateDecode", jpeg ? "null" : rows);
  Object colours = pdf.parsed(page.channels == 3 ? "/DeviceRGB" : "/DeviceGray");
  if (!page.palette.empty()) {
    colours = pdf.parsed(fmt::format("[/Indexed /DeviceRGB {}]", page.palette.size() / 3 - 1));
    pdf.append(colours, pdf.bytes(text_of(page.palette)));
  }
  const Object entries = pdf.entries_of(stream);
  pdf.set(entries, "/Type", pdf.parsed("/XObject"));
  pdf.set(entries, "/Subtype", pdf.parsed("/Image"));
  pdf.set(entries, "/Width", pdf.parsed(std::to_string(page.width)));
  pdf.set(entries, "/Height", pdf.parsed(std::to_string(page.height)));
  pdf.set(entries, "/BitsPerComponent", pdf.parsed(std::to_string(page.bits)));
  pdf.set(entries, "/ColorSpace", colours);
  return stream;
}

/// The common parts of a page's fonts.
struct FontParts {
  Object file = 0;
  Object glyph_of_code = 0;
  Object to_unicode = 0;
};

Object font(Document& pdf, const Extent& extent, const FontParts& parts) {
  const Object descriptor = pdf.parsed(fmt::format(
      "<< /Type /FontDescriptor /FontName /OcrtuneGlyphless /Flags 5 /FontBBox [0 -{1} {2} {0}] "
      "/ItalicAngle 0 /Ascent {0} /Descent -{1} /CapHeight {0} /StemV 80 >>",
      extent.ascent, extent.descent, kCharacterWidth));
  pdf.set(descriptor, "/FontFile2", parts.file);
  const Object descendant = pdf.parsed(
      fmt::format("<< /Type /Font /Subtype /CIDFontType2 /BaseFont /OcrtuneGlyphless /DW {} "
                  "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
                  kCharacterWidth));
  pdf.set(descendant, "/FontDescriptor", pdf.referred(descriptor));
  pdf.set(descendant, "/CIDToGIDMap", parts.glyph_of_code);
  const Object descendants = pdf.parsed("[]");
  pdf.append(descendants, pdf.referred(descendant));
  const Object font = pdf.parsed(
      "<< /Type /Font /Subtype /Type0 /BaseFont /OcrtuneGlyphless /Encoding /Identity-H >>");
  pdf.set(font, "/DescendantFonts", descendants);
  pdf.set(font, "/ToUnicode", parts.to_unicode);
  return pdf.referred(font);
}

/// `count` codes from 0 on, which all have the one glyph.
std::string glyphs_of_codes(std::size_t count) {
  std::string glyphs;
  for (std::size_t code = 0; code < count; ++code) glyphs += std::string("\0\1", 2);
  return glyphs;
}

FontParts font_parts(Document& pdf, std::size_t codes, const std::string& cmap) {
  const std::string file = glyphless_font();
  const FontParts parts{.file = pdf.stream(file),
                        .glyph_of_code = pdf.stream(glyphs_of_codes(codes)),
                        .to_unicode = pdf.stream(cmap)};
  pdf.set(pdf.entries_of(parts.file), "/Length1", pdf.parsed(std::to_string(file.size())));
  return parts;
}

Object fonts(Document& pdf, const TextLayer& layer) {
  const Object all = pdf.parsed("<< >>");
  if (layer.fonts.empty()) return all;
  const FontParts parts =
      font_parts(pdf, layer.characters.size() + 1, to_unicode(layer.characters));
  for (std::size_t i = 0; i < layer.fonts.size(); ++i)
    pdf.set(all, fmt::format("/F{}", i), font(pdf, layer.fonts[i], parts));
  return all;
}

/// That of a one_font_layer(), whether the page uses it or not: the first page's is that of all.
Object only_font(Document& pdf) {
  constexpr std::size_t kCodes = 0x10000;
  const FontParts parts =
      font_parts(pdf, kCodes, cmap_of("1 beginbfrange\n<0000> <ffff> <0000>\nendbfrange\n"));
  const Object all = pdf.parsed("<< >>");
  pdf.set(all, fmt::format("/{}", kOnlyFont), font(pdf, kOnlyExtent, parts));
  return all;
}

/// pt per px, across and down.
struct Scale {
  double x = 0;
  double y = 0;
};

Scale scale_of(const cv::Size& page, const Resolution& dpi) {
  const auto dots = [](double given) { return given > 0 ? given : kUnknownDpi; };
  constexpr double kMostInches = 200;
  if (std::max(page.width / dots(dpi.x), page.height / dots(dpi.y)) > kMostInches)
    return {72 / kUnknownDpi, 72 / kUnknownDpi};
  return {72 / dots(dpi.x), 72 / dots(dpi.y)};
}

/// `image`: null for a page without one.
std::string page_pdf(const OcrResult& reading, const PageSource& source, const cv::Size& page,
                     const Resolution& dpi, const Facsimile* image_of_page) {
  const bool alone = image_of_page == nullptr;
  const TextLayer layer = alone ? one_font_layer(reading) : text_layer(reading);
  const Scale scale = scale_of(page, dpi);
  Document pdf;
  const Object resources = pdf.parsed("<< >>");
  std::string content;
  if (!alone) {
    // Slightly within the page: an image that ends at the end of a px is drawn a px too wide by
    // Poppler.
    constexpr double kTrace = 1e-3;
    content = fmt::format("q\n{:.6f} 0 0 {:.6f} {:.6f} {:.6f} cm\n/Page Do\nQ\n",
                          scale.x * (page.width - 2 * kTrace), scale.y * (page.height - 2 * kTrace),
                          scale.x * kTrace, scale.y * kTrace);
    const Object images = pdf.parsed("<< >>");
    pdf.set(images, "/Page", image(pdf, *image_of_page));
    pdf.set(resources, "/XObject", images);
  }
  content += fmt::format("q\n{:.8f} 0 0 {:.8f} 0 0 cm\n{}Q\n", scale.x, scale.y, layer.content);
  pdf.set(resources, "/Font", alone ? only_font(pdf) : fonts(pdf, layer));
  const Object object = pdf.parsed(fmt::format("<< /Type /Page /MediaBox [0 0 {:.6f} {:.6f}] >>",
                                               scale.x * page.width, scale.y * page.height));
  pdf.set(object, "/Resources", resources);
  pdf.set(object, "/Contents", pdf.stream(content));
  pdf.add_page(pdf.referred(object));
  const Object info = pdf.parsed("<< >>");
  pdf.set(info, "/Title", pdf.unicode(source.name));
  pdf.set(info, "/Producer", pdf.unicode(source.program));
  pdf.set(pdf.trailer(), "/Info", pdf.referred(info));
  return pdf.written();
}

}  // namespace

std::string pdf_text(const OcrResult& reading, const PageSource& source) {
  const Facsimile page = source.facsimile();
  return page_pdf(reading, source, {page.width, page.height}, page.dpi, &page);
}

std::string text_pdf(const OcrResult& reading, const PageSource& source, const Resolution& dpi) {
  return page_pdf(reading, source, {reading.width, reading.height}, dpi, nullptr);
}

}  // namespace ocrtune
