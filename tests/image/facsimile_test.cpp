// What documents embed of a page: the file's own pixels where they can be, else all of them anew.

#include "ocrtune/image/facsimile.h"

#include <zlib.h>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "corpus/decoding.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::big_endian;
using test::Bytes;
using test::coloured;
using test::encoded;
using test::noise;
using test::png_of;
using test::same_pixels;

Facsimile facsimile(const Bytes& bytes, int index = 0) {
  const auto file = open_pages(bytes, {});
  return facsimile_of(bytes, *file, index, file->decode(index));
}

std::string chunk(const std::string& name, const std::string& body) {
  const std::string checked = name + body;
  const auto crc = crc32_z(0, reinterpret_cast<const Bytef*>(checked.data()), checked.size());
  return big_endian(static_cast<std::uint32_t>(body.size()), 4) + checked +
         big_endian(static_cast<std::uint32_t>(crc), 4);
}

std::string text_of(const Bytes& bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// A TIFF of the same rows.
cv::Mat shown_by_tiff(const Facsimile& page) {
  std::string file("MM\0*\0\0\0\10", 8);
  const auto field = [](std::uint32_t tag, std::size_t value) {
    return big_endian(tag << 16U | 4U, 4) + big_endian(1, 4) +
           big_endian(static_cast<std::uint32_t>(value), 4);
  };
  constexpr std::uint32_t kFields = 7;
  file += big_endian(kFields, 2) + field(256, static_cast<std::size_t>(page.width)) +
          field(257, static_cast<std::size_t>(page.height)) + field(259, 4) + field(262, 0) +
          field(273, 8 + 2 + 12 * kFields + 4) + field(278, static_cast<std::size_t>(page.height)) +
          field(279, page.data.size()) + big_endian(0, 4) + text_of(page.data);
  return open_pages(test::bytes_of(file), {})->decode(0).gray;
}

/// What a reader of the document shows.
cv::Mat shown(const Facsimile& page) {
  if (page.coding == Facsimile::Coding::group4) return shown_by_tiff(page);
  std::string file = text_of(page.data);
  if (page.coding == Facsimile::Coding::png_rows) {
    const int kind = !page.palette.empty() ? 3 : page.channels == 3 ? 2 : 0;
    const std::string header = big_endian(static_cast<std::uint32_t>(page.width), 4) +
                               big_endian(static_cast<std::uint32_t>(page.height), 4) +
                               static_cast<char>(page.bits) + static_cast<char>(kind) +
                               std::string(3, '\0');
    file = "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) +
           (page.palette.empty() ? "" : chunk("PLTE", text_of(page.palette))) +
           chunk("IDAT", file) + chunk("IEND", "");
  }
  const std::vector<char> buffer(file.begin(), file.end());
  return cv::imdecode(buffer, cv::IMREAD_ANYCOLOR | cv::IMREAD_IGNORE_ORIENTATION);
}

/// Of each channel the stored pixels of which it is the upright view.
cv::Mat stored_as(const cv::Mat& upright, int orientation) {
  std::vector<cv::Mat> channels;
  cv::split(upright, channels);
  for (cv::Mat& channel : channels) channel = test::stored_as(channel, orientation);
  cv::Mat stored;
  cv::merge(channels, stored);
  return stored;
}

TEST(Facsimile, OfAJpegIsTheFile) {
  for (const cv::Mat& pixels : {noise(40, 30, 1), coloured(40, 30, 2)}) {
    for (const int progressive : {0, 1}) {
      const Bytes file = encoded(pixels, ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, progressive});
      const Facsimile page = facsimile(file);
      EXPECT_EQ(page.coding, Facsimile::Coding::jpeg);
      EXPECT_EQ(page.data, file);
      EXPECT_EQ(page.channels, pixels.channels());
      EXPECT_EQ(page.width, 40);
      EXPECT_EQ(page.height, 30);
    }
  }
}

TEST(Facsimile, OfATurnedJpegIsUpright) {
  const Bytes jpeg = encoded(coloured(42, 30, 3), ".jpg");
  EXPECT_EQ(facsimile(test::with_exif_orientation(jpeg, 1)).coding, Facsimile::Coding::jpeg);
  const cv::Mat as_stored = shown(facsimile(jpeg));
  for (int orientation = 2; orientation <= 8; ++orientation) {
    const Facsimile page = facsimile(test::with_exif_orientation(jpeg, orientation));
    EXPECT_EQ(page.coding, Facsimile::Coding::png_rows);
    EXPECT_TRUE(same_pixels(stored_as(shown(page), orientation), as_stored)) << orientation;
  }
}

TEST(Facsimile, OfAJpegThatDocumentsMayNotReadIsDecoded) {
  Bytes rgb = encoded(coloured(40, 30, 4), ".jpg");
  // The components' names, which say that they aren't YCbCr. OpenCV's own name them 1, 2, 3.
  const std::string frame = "\xFF\xC0";
  const std::size_t at = text_of(rgb).find(frame) + 10;
  for (std::size_t i = 0; i < 3; ++i) rgb[at + 3 * i] = static_cast<std::byte>("RGB"[i]);
  const std::size_t scan = text_of(rgb).find("\xFF\xDA") + 5;
  for (std::size_t i = 0; i < 3; ++i) rgb[scan + 2 * i] = static_cast<std::byte>("RGB"[i]);
  EXPECT_EQ(facsimile(rgb).coding, Facsimile::Coding::png_rows);
}

TEST(Facsimile, OfAPngHasItsRows) {
  for (const cv::Mat& pixels : {noise(40, 30, 5), coloured(40, 30, 6)}) {
    const Bytes file = encoded(pixels, ".png");
    const Facsimile page = facsimile(file);
    EXPECT_TRUE(test::contains(text_of(file), text_of(page.data)));
    EXPECT_TRUE(same_pixels(shown(page), pixels));
  }
  const std::string colours{"\xFF\xFF\xFF\x00\x20\x00\xFF\x00\x00", 9};
  const Facsimile palette = facsimile(png_of({.width = 3,
                                              .height = 1,
                                              .colour_type = 3,
                                              .chunks = {{"PLTE", colours}},
                                              .rows = std::string("\0\1\2", 3)}));
  EXPECT_EQ(text_of(palette.palette), colours);
  EXPECT_EQ(shown(palette).at<cv::Vec3b>(0, 1), cv::Vec3b(0, 0x20, 0));
  const Facsimile bits =
      facsimile(png_of({.width = 8, .height = 2, .bits = 1, .colour_type = 0, .rows = "\xF0\x0F"}));
  EXPECT_EQ(bits.bits, 1);
  EXPECT_EQ(shown(bits).at<uchar>(0, 0), 255);
}

TEST(Facsimile, IsWhiteWhereAPageIsClear) {
  cv::Mat image(1, 3, CV_8UC4);
  image.at<cv::Vec4b>(0, 0) = {10, 20, 30, 255};
  image.at<cv::Vec4b>(0, 1) = {0, 0, 0, 0};
  image.at<cv::Vec4b>(0, 2) = {0, 255, 0, 102};
  const cv::Mat seen = shown(facsimile(encoded(image, ".png")));
  EXPECT_EQ(seen.at<cv::Vec3b>(0, 0), cv::Vec3b(10, 20, 30));
  EXPECT_EQ(seen.at<cv::Vec3b>(0, 1), cv::Vec3b(255, 255, 255));
  EXPECT_EQ(seen.at<cv::Vec3b>(0, 2), cv::Vec3b(153, 255, 153));
}

TEST(Facsimile, OfOtherFilesLosesNothing) {
  for (const char* extension : {".webp", ".ppm", ".tif"}) {
    const std::vector<int> lossless{cv::IMWRITE_WEBP_QUALITY, 101};
    const cv::Mat colours = coloured(33, 21, 7);
    const Facsimile page = facsimile(encoded(colours, extension, lossless));
    EXPECT_EQ(page.channels, 3);
    EXPECT_TRUE(same_pixels(shown(page), colours)) << extension;
  }
}

TEST(Facsimile, HasNoColoursAndGraysThatAreNotThere) {
  const cv::Mat gray = noise(33, 21, 8);
  cv::Mat as_colours;
  cv::cvtColor(gray, as_colours, cv::COLOR_GRAY2BGR);
  const Facsimile page = facsimile(encoded(as_colours, ".ppm"));
  EXPECT_EQ(page.channels, 1);
  EXPECT_TRUE(same_pixels(shown(page), gray));
  cv::Mat black_and_white;
  cv::threshold(gray, black_and_white, 128, 255, cv::THRESH_BINARY);
  const Facsimile bits = facsimile(encoded(black_and_white, ".pgm"));
  EXPECT_EQ(bits.bits, 1);
  EXPECT_TRUE(same_pixels(shown(bits), black_and_white));
}

TEST(Facsimile, OfTextInBlackAndWhiteIsGroup4) {
  for (const int width : {64, 203, 500}) {
    cv::Mat text(100, width, CV_8UC1, cv::Scalar(255));
    for (int i = 0; i < 6; ++i)
      cv::rectangle(text, {i * width / 7, 10 * i, width / 9 + 1, 7}, cv::Scalar(0), cv::FILLED);
    const Facsimile page = facsimile(encoded(text, ".pgm"));
    EXPECT_EQ(page.bits, 1);
    EXPECT_EQ(page.coding, Facsimile::Coding::group4) << width;
    EXPECT_TRUE(same_pixels(shown(page), text)) << width;
  }
}

TEST(Facsimile, OfEveryPageOfATiff) {
  const cv::Mat gray = noise(30, 20, 9);
  cv::Mat rgb;
  const cv::Mat colours = coloured(25, 15, 10);
  cv::cvtColor(colours, rgb, cv::COLOR_BGR2RGB);
  const Bytes tiff = test::tiff_of({{.pixels = gray, .dpi_x = 100, .dpi_y = 200},
                                    {.pixels = stored_as(rgb, ORIENTATION_RIGHTTOP),
                                     .photometric = PHOTOMETRIC_RGB,
                                     .orientation = ORIENTATION_RIGHTTOP}});
  EXPECT_TRUE(same_pixels(shown(facsimile(tiff, 0)), gray));
  EXPECT_EQ(facsimile(tiff, 0).dpi.y, 200);
  EXPECT_TRUE(same_pixels(shown(facsimile(tiff, 1)), colours));
}

TEST(Facsimile, OfAPdfIsItsRendering) {
  const Bytes pdf = test::pdf_of(2);
  const Facsimile page = facsimile(pdf, 1);
  EXPECT_EQ(page.channels, 1);
  EXPECT_EQ(page.dpi.x, 300);
  EXPECT_TRUE(same_pixels(shown(page), test::decoded(pdf, 1).gray));
}

}  // namespace
}  // namespace ocrtune
