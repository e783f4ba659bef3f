// The PDF of a page, taken apart again by libqpdf.

#define POINTERHOLDER_TRANSITION 4

#include "ocrtune/pdf/searchable_pdf.h"

#include <gtest/gtest.h>

#include <opencv2/imgcodecs.hpp>
#include <qpdf/Buffer.hh>
#include <qpdf/JSON.hh>
#include <qpdf/QPDF.hh>
#include <qpdf/QPDFObjectHandle.hh>

#include "ocrtune/corpus/open_pages.h"
#include "ocrtune/pdf/glyphless_font.h"
#include "support/encoded.h"
#include "support/errors.h"
#include "support/images.h"

namespace ocrtune {
namespace {

using test::contains;
using Object = QPDFObjectHandle;

Facsimile gray_page(const Resolution& dpi) {
  const auto png = test::encoded(test::noise(200, 100, 1), ".png");
  const auto file = open_pages(png, {});
  Facsimile page = facsimile_of(png, *file, 0, file->decode(0));
  page.dpi = dpi;
  return page;
}

PageSource source_of(const Facsimile& page) {
  return {
      .name = "Šcan \xff (1).png", .program = "ocrtune 1", .facsimile = [page] { return page; }};
}

OcrResult ocr_result_of(const std::vector<std::string>& texts) {
  OcrResult ocr_result{.words = {}, .width = 200, .height = 100};
  int left = 5;
  for (const std::string& text : texts) {
    ocr_result.words.push_back({.text = text,
                                .left = left,
                                .top = 20,
                                .right = left + 30,
                                .bottom = 40,
                                .block = 1,
                                .paragraph = 1,
                                .line = 1});
    left += 40;
  }
  return ocr_result;
}

/// A PDF that must be without a fault.
class Parsed {
 public:
  explicit Parsed(std::string bytes) : bytes_(std::move(bytes)) {
    pdf_.setSuppressWarnings(true);
    pdf_.processMemoryFile("test", bytes_.data(), bytes_.size());
    EXPECT_FALSE(pdf_.anyWarnings());
    EXPECT_EQ(pdf_.getAllPages().size(), 1U);
  }

  Object page() { return pdf_.getAllPages().at(0); }
  Object resource(const std::string& kind, const std::string& name) {
    return page().getKey("/Resources").getKey(kind).getKey(name);
  }
  Object image() { return resource("/XObject", "/Page"); }
  Object trailer() { return pdf_.getTrailer(); }

  static std::string content_of(Object stream, qpdf_stream_decode_level_e level) {
    const auto buffer =
        level == qpdf_dl_none ? stream.getRawStreamData() : stream.getStreamData(level);
    return {reinterpret_cast<const char*>(buffer->getBuffer()), buffer->getSize()};
  }
  static std::string content_of(const Object& stream) {
    return content_of(stream, qpdf_dl_generalized);
  }

 private:
  std::string bytes_;
  QPDF pdf_;
};

double side(Parsed& pdf, int index) {
  return pdf.page().getKey("/MediaBox").getArrayItem(index).getNumericValue();
}

TEST(SearchablePdf, IsAsLargeAsThePaper) {
  Parsed pdf(pdf_text(ocr_result_of({"a"}), source_of(gray_page({200, 100}))));
  EXPECT_NEAR(side(pdf, 2), 72, 1e-3);
  EXPECT_NEAR(side(pdf, 3), 72, 1e-3);
}

TEST(SearchablePdf, WithoutAResolutionHasAGuess) {
  Parsed unknown(pdf_text({}, source_of(gray_page({0, 0}))));
  EXPECT_NEAR(side(unknown, 2), 192, 1e-3) << "75 dpi";
  // One dot per inch would be a page of 5 m.
  Parsed absurd(pdf_text({}, source_of(gray_page({0.9, 1}))));
  EXPECT_NEAR(side(absurd, 2), 48, 1e-3);
}

TEST(SearchablePdf, ShowsThePixelsAsTheyCame) {
  const Facsimile page = gray_page({300, 300});
  Parsed pdf(pdf_text(ocr_result_of({"a"}), source_of(page)));
  const std::string raw = Parsed::content_of(pdf.image(), qpdf_dl_none);
  EXPECT_EQ(raw, std::string(reinterpret_cast<const char*>(page.data.data()), page.data.size()));
  const cv::Mat pixels = test::noise(200, 100, 1);
  EXPECT_EQ(Parsed::content_of(pdf.image()),
            std::string(reinterpret_cast<const char*>(pixels.data), pixels.total()));
  EXPECT_EQ(pdf.image().getDict().getKey("/ColorSpace").getName(), "/DeviceGray");
}

TEST(SearchablePdf, HasAJpegFileUnchanged) {
  const auto jpeg = test::encoded(test::noise(200, 100, 2), ".jpg");
  const auto file = open_pages(jpeg, {});
  const Facsimile page = facsimile_of(jpeg, *file, 0, file->decode(0));
  Parsed pdf(pdf_text(ocr_result_of({"a"}), source_of(page)));
  EXPECT_EQ(pdf.image().getDict().getKey("/Filter").getName(), "/DCTDecode");
  EXPECT_EQ(Parsed::content_of(pdf.image(), qpdf_dl_none),
            std::string(reinterpret_cast<const char*>(jpeg.data()), jpeg.size()));
}

TEST(SearchablePdf, HasAPalette) {
  const std::string colours{"\xFF\xFF\xFF\x00(\\\xFF\x00)", 9};
  Facsimile page = gray_page({300, 300});
  page.palette = test::bytes_of(colours);
  Parsed pdf(pdf_text({}, source_of(page)));
  Object space = pdf.image().getDict().getKey("/ColorSpace");
  EXPECT_EQ(space.getArrayItem(0).getName(), "/Indexed");
  EXPECT_EQ(space.getArrayItem(2).getIntValue(), 2);
  EXPECT_EQ(space.getArrayItem(3).getStringValue(), colours);
}

TEST(SearchablePdf, ShowsATurnedImageUpright) {
  Facsimile page = gray_page({300, 300});
  page.orientation = 6;
  std::swap(page.width, page.height);
  Parsed pdf(pdf_text({}, source_of(page)));
  EXPECT_EQ(pdf.image().getDict().getKey("/Width").getIntValue(), 200);
  EXPECT_NEAR(side(pdf, 2), 24, 1e-3);
  const std::string content = Parsed::content_of(pdf.page().getKey("/Contents"));
  EXPECT_TRUE(contains(content, "cm\n0 -1 1 0 0 1 cm\n/Page Do")) << content;
}

TEST(SearchablePdf, ShowsInkOverABackground) {
  PdfPage page{{.words = {}, .width = 200, .height = 100}, gray_page({300, 300})};
  page.image->bits = 1;
  page.background = PageBackground{.image = gray_page({100, 100}), .ink = {255, 0, 51}};
  std::string bytes;
  write_searchable_pdf({.title = "",
                        .program = "",
                        .count = 1,
                        .page = [&](std::size_t) { return std::optional(page); }},
                       [&](std::string_view piece) { bytes += piece; });
  Parsed pdf(bytes);
  EXPECT_TRUE(pdf.image().getDict().getKey("/ImageMask").getBoolValue());
  EXPECT_FALSE(pdf.image().getDict().hasKey("/ColorSpace"));
  EXPECT_EQ(pdf.resource("/XObject", "/Background").getDict().getKey("/ColorSpace").getName(),
            "/DeviceGray");
  const std::string content = Parsed::content_of(pdf.page().getKey("/Contents"));
  const std::size_t ink = content.find("1.0000 0.0000 0.2000 rg");
  EXPECT_LT(content.find("/Background Do"), ink) << content;
  EXPECT_LT(ink, content.find("/Page Do")) << content;
}

TEST(SearchablePdf, TellsTheTextOfEveryCode) {
  Parsed pdf(
      pdf_text(ocr_result_of({"né", "日本", "😀", "e\u0301"}), source_of(gray_page({300, 300}))));
  Object font = pdf.resource("/Font", "/F0");
  EXPECT_EQ(font.getKey("/Encoding").getName(), "/Identity-H");
  const std::string map = Parsed::content_of(font.getKey("/ToUnicode"));
  for (const char* entry :
       {"<0001> <0020>", "<0002> <006e>", "<0003> <00e9>", "<0004> <65e5>", "<0005> <672c>",
        "<0006> <d83dde00>", "<0007> <0065>", "<0008> <0301>"}) {
    EXPECT_TRUE(contains(map, entry)) << map;
  }
  const std::string content = Parsed::content_of(pdf.page().getKey("/Contents"));
  EXPECT_TRUE(contains(content, "3 Tr")) << content;
  EXPECT_TRUE(contains(content, "<00040005> Tj"));
  EXPECT_TRUE(contains(content, "<00070008> Tj"));
  Object descendant = font.getKey("/DescendantFonts").getArrayItem(0);
  const std::string glyphs = Parsed::content_of(descendant.getKey("/CIDToGIDMap"));
  EXPECT_EQ(glyphs.size(), 2 * 9U) << "one glyph for each code and for 0";
  Object widths = descendant.getKey("/W");
  ASSERT_EQ(widths.getArrayNItems(), 2);
  EXPECT_EQ(widths.getArrayItem(0).getIntValue(), 8) << "the mark";
  EXPECT_EQ(widths.getArrayItem(1).getArrayItem(0).getIntValue(), 0);
  Object descriptor = descendant.getKey("/FontDescriptor");
  EXPECT_EQ(Parsed::content_of(descriptor.getKey("/FontFile2")), glyphless_font());
  EXPECT_LT(descriptor.getKey("/Descent").getIntValue(), 0);
}

TEST(TextPdf, HasOneFontForAllPagesAndNoImage) {
  PageSource source;
  source.name = "page.png";
  Parsed pdf(text_pdf(ocr_result_of({"né", "😀"}), source, {200, 100}));
  EXPECT_NEAR(side(pdf, 2), 72, 1e-3);
  EXPECT_NEAR(side(pdf, 3), 72, 1e-3);
  EXPECT_FALSE(pdf.page().getKey("/Resources").hasKey("/XObject"));
  const std::string content = Parsed::content_of(pdf.page().getKey("/Contents"));
  EXPECT_TRUE(contains(content, "3 Tr")) << content;
  EXPECT_TRUE(contains(content, "/f-0-0 ")) << content;
  EXPECT_TRUE(contains(content, "<006e00e9> Tj")) << content;
  EXPECT_TRUE(contains(content, "<d83dde00> Tj")) << content;
  Object font = pdf.resource("/Font", "/f-0-0");
  EXPECT_TRUE(contains(Parsed::content_of(font.getKey("/ToUnicode")), "<0000> <ffff> <0000>"));
  Object descendant = font.getKey("/DescendantFonts").getArrayItem(0);
  EXPECT_EQ(Parsed::content_of(descendant.getKey("/CIDToGIDMap")).size(), 2 * 0x10000U);
  Parsed blank(text_pdf({.words = {}, .width = 20, .height = 10}, source, {100, 100}));
  EXPECT_TRUE(blank.resource("/Font", "/f-0-0").isDictionary());
}

TEST(SearchablePdf, OfAWhitePageHasNoText) {
  Parsed pdf(
      pdf_text({.words = {}, .width = 200, .height = 100}, source_of(gray_page({300, 300}))));
  EXPECT_FALSE(contains(Parsed::content_of(pdf.page().getKey("/Contents")), "BT"));
  EXPECT_TRUE(pdf.page().getKey("/Resources").getKey("/Font").getKeys().empty());
}

TEST(SearchablePdf, IsTheSameEachTimeWhateverTheTime) {
  PageSource source = source_of(gray_page({300, 300}));
  const std::string first = pdf_text(ocr_result_of({"a", "b"}), source);
  source.created = "2031-01-02T03:04:05Z";
  EXPECT_EQ(pdf_text(ocr_result_of({"a", "b"}), source), first);
  EXPECT_NE(pdf_text(ocr_result_of({"a", "c"}), source), first);
}

TEST(SearchablePdf, NamesItsPageAndItsMaker) {
  Parsed pdf(pdf_text({}, source_of(gray_page({300, 300}))));
  Object info = pdf.trailer().getKey("/Info");
  EXPECT_EQ(info.getKey("/Title").getUTF8Value(), "Šcan \ufffd (1).png");
  EXPECT_EQ(info.getKey("/Producer").getUTF8Value(), "ocrtune 1");
  EXPECT_FALSE(info.hasKey("/CreationDate"));
}

TEST(SearchablePdf, StatesTheLanguageOfItsText) {
  PageSource source = source_of(gray_page({300, 300}));
  EXPECT_FALSE(Parsed(pdf_text({}, source)).trailer().getKey("/Root").hasKey("/Lang"));
  source.language = "zh-Hans";
  Parsed pdf(pdf_text({}, source));
  EXPECT_EQ(pdf.trailer().getKey("/Root").getKey("/Lang").getUTF8Value(), "zh-Hans");
}

std::uint32_t number_at(const std::string& bytes, std::size_t at) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value = value << 8U | static_cast<unsigned char>(bytes.at(at + i));
  return value;
}

TEST(GlyphlessFont, AddsUp) {
  const std::string font = glyphless_font();
  ASSERT_EQ(font.size() % 4, 0U);
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < font.size(); i += 4) sum += number_at(font, i);
  EXPECT_EQ(sum, 0xB1B0AFBAU) << "TrueType's sum over a whole font";
  std::string tags;
  for (std::size_t i = 0; i < 6; ++i) {
    const std::size_t entry = 12 + 16 * i;
    tags += font.substr(entry, 4);
    EXPECT_LE(number_at(font, entry + 8) + number_at(font, entry + 12), font.size());
  }
  EXPECT_EQ(tags, "glyfheadhheahmtxlocamaxp");
}

}  // namespace
}  // namespace ocrtune
