#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "corpus/decoding.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::big_endian;
using test::Bytes;
using test::coloured;
using test::decoded;
using test::encoded;
using test::noise;
using test::png_of;
using test::read_by_opencv;
using test::same_pixels;

/// Decodes and requires what cv::imread gives.
Image as_opencv(const Bytes& bytes, const std::string& extension) {
  Image image = decoded(bytes);
  EXPECT_TRUE(same_pixels(image.gray, read_by_opencv(bytes, extension)));
  return image;
}

TEST(Png, GrayIsExact) {
  const cv::Mat gray = noise(37, 23, 1);
  EXPECT_TRUE(same_pixels(as_opencv(encoded(gray, ".png"), ".png").gray, gray));
}

TEST(Png, ColourIsMadeGrayAsOpenCvDoes) { as_opencv(encoded(coloured(37, 23, 2), ".png"), ".png"); }

TEST(Png, SixteenBitsAreReadAsOpenCvDoes) {
  cv::Mat wide;
  noise(37, 23, 3).convertTo(wide, CV_16UC1, 257.0, 100);
  as_opencv(encoded(wide, ".png"), ".png");
  cv::Mat wide_colour;
  coloured(20, 20, 4).convertTo(wide_colour, CV_16UC3, 257.0);
  as_opencv(encoded(wide_colour, ".png"), ".png");
}

TEST(Png, FewBitsAndPalettesAreSpread) {
  const Image bits = as_opencv(
      png_of({.width = 8, .height = 2, .bits = 1, .colour_type = 0, .rows = "\xF0\x0F"}), ".png");
  EXPECT_EQ(bits.gray.at<uchar>(0, 0), 255);
  EXPECT_EQ(bits.gray.at<uchar>(1, 0), 0);
  const std::string colours{"\xFF\xFF\xFF\x00\x00\x00\xFF\x00\x00", 9};
  const Image palette = as_opencv(png_of({.width = 3,
                                          .height = 1,
                                          .colour_type = 3,
                                          .chunks = {{"PLTE", colours}},
                                          .rows = std::string("\0\1\2", 3)}),
                                  ".png");
  EXPECT_EQ(palette.gray.at<uchar>(0, 0), 255);
  EXPECT_EQ(palette.gray.at<uchar>(0, 1), 0);
  EXPECT_EQ(palette.gray.at<uchar>(0, 2), 76);
}

TEST(Png, AlphaIsLaidOverWhite) {
  cv::Mat image(1, 3, CV_8UC4);
  image.at<cv::Vec4b>(0, 0) = {0, 0, 0, 255};
  image.at<cv::Vec4b>(0, 1) = {0, 0, 0, 0};
  image.at<cv::Vec4b>(0, 2) = {0, 0, 0, 102};
  const cv::Mat gray = decoded(encoded(image, ".png")).gray;
  EXPECT_EQ(gray.at<uchar>(0, 0), 0);
  EXPECT_EQ(gray.at<uchar>(0, 1), 255);
  EXPECT_EQ(gray.at<uchar>(0, 2), 153);
}

TEST(Png, OpaqueAlphaChangesNothing) {
  cv::Mat image;
  cv::cvtColor(coloured(31, 17, 5), image, cv::COLOR_BGR2BGRA);
  as_opencv(encoded(image, ".png"), ".png");
}

TEST(Png, EveryKindOfTransparencyIsLaidOverWhite) {
  // Gray with alpha: black opaque, black clear.
  const cv::Mat gray_alpha =
      decoded(png_of({.width = 2, .height = 1, .colour_type = 4, .rows = {"\0\xFF\0\0", 4}})).gray;
  EXPECT_EQ(gray_alpha.at<uchar>(0, 0), 0);
  EXPECT_EQ(gray_alpha.at<uchar>(0, 1), 255);
  // A palette whose second entry, black, is clear.
  const cv::Mat palette =
      decoded(
          png_of({.width = 2,
                  .height = 1,
                  .colour_type = 3,
                  .chunks = {{"PLTE", std::string(6, '\0')}, {"tRNS", std::string("\xFF\0", 2)}},
                  .rows = {"\0\1", 2}}))
          .gray;
  EXPECT_EQ(palette.at<uchar>(0, 0), 0);
  EXPECT_EQ(palette.at<uchar>(0, 1), 255);
  // RGB whose pure black is clear.
  const cv::Mat rgb = decoded(png_of({.width = 2,
                                      .height = 1,
                                      .colour_type = 2,
                                      .chunks = {{"tRNS", std::string(6, '\0')}},
                                      .rows = {"\0\0\0\1\1\1", 6}}))
                          .gray;
  EXPECT_EQ(rgb.at<uchar>(0, 0), 255);
  EXPECT_EQ(rgb.at<uchar>(0, 1), 1);
}

TEST(Png, ResolutionIsRead) {
  const std::string per_metre = big_endian(11811, 4) + big_endian(7874, 4) + '\1';
  const Image image = decoded(
      png_of({.width = 1, .height = 1, .chunks = {{"pHYs", per_metre}}, .rows = {"\0", 1}}));
  EXPECT_NEAR(image.dpi.x, 300, 0.5);
  EXPECT_NEAR(image.dpi.y, 200, 0.5);
  EXPECT_EQ(decoded(encoded(noise(2, 2, 1), ".png")).dpi.x, 0);
}

TEST(Png, DamageIsNoticed) {
  Bytes bytes = encoded(noise(30, 30, 6), ".png");
  bytes[bytes.size() / 2] ^= std::byte{1};
  EXPECT_TRUE(test::contains(test::error_of(Errc::input_unreadable, [&] { (void)decoded(bytes); }),
                             "checksum"));
}

TEST(Jpeg, IsReadAsOpenCvDoes) {
  as_opencv(encoded(noise(37, 23, 7), ".jpg"), ".jpg");
  as_opencv(encoded(coloured(37, 23, 8), ".jpg"), ".jpg");
  as_opencv(encoded(coloured(64, 48, 9), ".jpg", {cv::IMWRITE_JPEG_PROGRESSIVE, 1}), ".jpg");
  as_opencv(encoded(coloured(64, 48, 9), ".jpg", {cv::IMWRITE_JPEG_RST_INTERVAL, 1}), ".jpg");
}

TEST(Jpeg, IsTurnedUprightByExif) {
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    // Blocks of 8 px with one level each survive JPEG nearly unchanged.
    cv::Mat upright;
    cv::resize(noise(3, 2, 10), upright, {}, 8, 8, cv::INTER_NEAREST);
    const Bytes jpeg = test::with_exif_orientation(
        encoded(test::stored_as(upright, orientation), ".jpg", {cv::IMWRITE_JPEG_QUALITY, 100}),
        orientation);
    const Image image = as_opencv(jpeg, ".jpg");
    ASSERT_EQ(image.gray.size(), upright.size());
    EXPECT_LE(cv::norm(image.gray, upright, cv::NORM_INF), 3);
  }
}

Bytes jpeg_with_density(char unit, std::uint32_t x, std::uint32_t y) {
  Bytes jpeg = encoded(noise(8, 16, 11), ".jpg");
  const Bytes density = test::bytes_of(unit + big_endian(x, 2) + big_endian(y, 2));
  std::ranges::copy(density, jpeg.begin() + 13);
  return jpeg;
}

TEST(Jpeg, ResolutionIsRead) {
  const Image inch = decoded(jpeg_with_density('\1', 300, 200));
  EXPECT_NEAR(inch.dpi.x, 300, 0.5);
  EXPECT_NEAR(inch.dpi.y, 200, 0.5);
  EXPECT_NEAR(decoded(jpeg_with_density('\2', 118, 118)).dpi.x, 300, 1);
}

TEST(Jpeg, ResolutionTurnsWithThePage) {
  const Bytes jpeg = test::with_exif_orientation(jpeg_with_density('\1', 300, 200), 6);
  const Image image = decoded(jpeg);
  EXPECT_EQ(image.gray.size(), cv::Size(16, 8));
  EXPECT_NEAR(image.dpi.x, 200, 0.5);
  EXPECT_NEAR(image.dpi.y, 300, 0.5);
}

TEST(Jpeg, WithoutItsEndMarkIsReadIfAllRowsAreThere) {
  const Bytes gray = encoded(noise(80, 60, 12), ".jpg");
  const Bytes colour = encoded(coloured(80, 60, 12), ".jpg");
  for (const Bytes& whole : {gray, colour, test::with_exif_orientation(colour, 6)}) {
    const Bytes cut(whole.begin(), whole.end() - 2);
    const auto file = open_pages(cut, {});
    EXPECT_TRUE(same_pixels(file->decode(0).gray, decoded(whole).gray));
    EXPECT_EQ(file->remark(), "has no JPEG end mark; all of its rows were decoded");
    EXPECT_EQ(open_pages(whole, {})->remark(), "");
    const Bytes half(whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(whole.size() / 2));
    EXPECT_TRUE(test::contains(
        test::error_of(Errc::input_unreadable, [&] { (void)open_pages(half, {}); }), "is cut off"));
  }
}

}  // namespace
}  // namespace ocrtune
