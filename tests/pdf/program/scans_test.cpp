#include "ocrtune/pdf/program/scans.h"

#include <fmt/format.h>

#include <opencv2/core.hpp>

#include "corpus/decoding.h"
#include "ocrtune/pdf/searchable_pdf.h"
#include "support/sanitized.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::decoded;
using test::noise;
using test::pdf_of_scan;
using test::same_pixels;

TEST(PdfScans, AreDecodedPixelForPixel) {
  for (const double dpi : {70.0, 149.94, 200.0, 600.0}) {
    for (const cv::Size size : {cv::Size(331, 217), cv::Size(200, 300), cv::Size(61, 997)}) {
      const cv::Mat scan = noise(size.width, size.height, 1);
      const Image page = decoded(pdf_of_scan(scan, {.dpi_x = dpi, .dpi_y = dpi}));
      EXPECT_TRUE(same_pixels(page.gray, scan)) << dpi << " " << size;
      EXPECT_NEAR(page.dpi.x, dpi, 0.01);
      EXPECT_NEAR(page.dpi.y, dpi, 0.01);
    }
  }
}

TEST(PdfScans, MayHavePixelsThatAreNotSquare) {
  const cv::Mat fax = noise(408, 196, 2);
  const Image page = decoded(pdf_of_scan(fax, {.dpi_x = 204, .dpi_y = 98}));
  EXPECT_TRUE(same_pixels(page.gray, fax));
  EXPECT_NEAR(page.dpi.y, 98, 0.01);
}

TEST(PdfScans, AreTurnedWithTheirPage) {
  const cv::Mat scan = noise(150, 75, 3);
  cv::Mat turned;
  cv::rotate(scan, turned, cv::ROTATE_90_CLOCKWISE);
  EXPECT_TRUE(same_pixels(decoded(pdf_of_scan(scan, {.rotate = 90})).gray, turned));
}

TEST(PdfScans, KeepTheirResolutionOnLargerPaper) {
  const Image page = decoded(pdf_of_scan(noise(1500, 900, 4), {.paper = 1.2}));
  // Poppler tells places in whole points.
  EXPECT_NEAR(page.gray.cols, 1800, 5);
  EXPECT_NEAR(page.gray.rows, 1080, 5);
}

TEST(PdfScans, AreThoseWithInvisibleTextToo) {
  const test::LibraryLeaks of_fontconfig;
  const cv::Mat scan = noise(150, 75, 5);
  for (const char* font : {"GlyphLessFont", "HiddenHorzOCR", "OcrtuneGlyphless"})
    EXPECT_EQ(decoded(pdf_of_scan(scan, {.font = font})).gray.size(), scan.size()) << font;
}

TEST(PdfScans, ArePagesThatOcrtuneWrote) {
  const cv::Mat scan = noise(220, 140, 6);
  const OcrResult ocr_result{
      .words = {{.text = "a", .left = 20, .top = 20, .right = 60, .bottom = 50, .block = 1}},
      .width = 220,
      .height = 140};
  const Bytes png = test::encoded(scan, ".png");
  const auto file = open_pages(png, {});
  const Facsimile page = facsimile_of(png, *file, 0, file->decode(0));
  const std::string pdf = pdf_text(ocr_result, {.name = "a", .facsimile = [&] { return page; }});
  EXPECT_TRUE(same_pixels(decoded(test::bytes_of(pdf)).gray, scan));
}

TEST(PdfScans, AreNotPagesWithTextOrDrawings) {
  const test::LibraryLeaks of_fontconfig;
  const cv::Mat picture = noise(150, 75, 7);
  const cv::Size rendered(300, 150);
  EXPECT_EQ(decoded(pdf_of_scan(picture, {.font = "Helvetica"})).gray.size(), rendered);
  EXPECT_EQ(decoded(pdf_of_scan(picture, {.paper = 2})).gray.size(), rendered * 2);
  EXPECT_EQ(decoded(test::pdf_of(1)).dpi.x, 300);
}

TEST(PdfScans, HaveTheirPixelsWhateverTheirResolution) {
  for (const double dpi : {30.0, 2400.0}) {
    const Image page = decoded(pdf_of_scan(noise(1000, 600, 8), {.dpi_x = dpi, .dpi_y = dpi}));
    EXPECT_EQ(page.gray.size(), cv::Size(1000, 600)) << dpi;
  }
}

/// A page of 200 by 100 pt with white images, each with its pixels and its place.
std::string pdf_of_images(const std::vector<std::pair<cv::Size, cv::Rect>>& images) {
  std::string content;
  std::string names;
  std::string objects;
  for (std::size_t i = 0; i < images.size(); ++i) {
    const auto& [size, place] = images[i];
    content += fmt::format("q {} 0 0 {} {} {} cm /I{} Do Q\n", place.width, place.height, place.x,
                           place.y, i);
    names += fmt::format("/I{} {} 0 R ", i, 5 + i);
    const std::string pixels(static_cast<std::size_t>((size.width + 7) / 8 * size.height), '\xFF');
    objects += fmt::format(
        "{} 0 obj << /Type /XObject /Subtype /Image /Width {} /Height {} /BitsPerComponent 1 "
        "/ColorSpace /DeviceGray /Length {} >> stream\n{}\nendstream endobj\n",
        5 + i, size.width, size.height, pixels.size(), pixels);
  }
  return fmt::format(
      "%PDF-1.5\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Kids "
      "[3 0 R] /Count 1 >> endobj\n3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] "
      "/Contents 4 0 R /Resources << /XObject << {} >> >> >> endobj\n4 0 obj << /Length {} >> "
      "stream\n{}\nendstream endobj\n{}trailer << /Root 1 0 R >>\n",
      names, content.size(), content, objects);
}

TEST(PdfScans, AreNotAsFineAsALogoOnThem) {
  const std::pair scan(cv::Size(400, 200), cv::Rect(0, 0, 200, 100));
  const std::pair logo(cv::Size(400, 200), cv::Rect(150, 70, 40, 20));
  EXPECT_EQ(decoded(test::bytes_of(pdf_of_images({scan}))).gray.size(), scan.first);
  EXPECT_EQ(decoded(test::bytes_of(pdf_of_images({scan, logo}))).gray.size(), scan.first);
  // What is spread over the page is its text.
  const std::pair text(logo.first, cv::Rect(10, 10, 40, 20));
  EXPECT_EQ(decoded(test::bytes_of(pdf_of_images({scan, logo, text}))).gray.size(), scan.first * 5);
}

TEST(PdfScans, AreNoCoarseBackgrounds) {
  EXPECT_EQ(decoded(pdf_of_scan(noise(150, 75, 8), {.dpi_x = 20, .dpi_y = 20})).dpi.x, 300);
}

TEST(PdfScans, AreRenderedAtTheResolutionAskedFor) {
  const Image page = decoded(pdf_of_scan(noise(150, 75, 9)), 0, {.pdf_dpi = 72});
  EXPECT_EQ(page.gray.size(), cv::Size(72, 36));
}

}  // namespace
}  // namespace ocrtune
