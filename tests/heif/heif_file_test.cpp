#include "ocrtune/heif/heif_file.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <set>

#include "corpus/decoding.h"
#include "heif/heif_bytes.h"
#include "ocrtune/image/format.h"
#include "support/errors.h"
#include "support/exif_bytes.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::decoded;
using test::heif_of;
using test::HeifImage;

/// Something that is nowhere the same, and smooth: coding loses little of it.
cv::Mat drawn(int width, int height, int shift = 0) {
  cv::Mat image(height, width, CV_8UC3);
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      image.at<cv::Vec3b>(y, x) = cv::Vec3b(
          static_cast<uchar>(40 + 160 * x / width), static_cast<uchar>(220 - 160 * y / height),
          static_cast<uchar>(60 + shift + 60 * (x + y) / (width + height)));
    }
  }
  return image;
}

cv::Mat gray_of(const cv::Mat& bgr) {
  cv::Mat gray;
  cv::cvtColor(bgr, gray, cv::COLOR_BGR2GRAY);
  return gray;
}

/// The mean difference; many if the sizes differ.
double difference(const cv::Mat& one, const cv::Mat& other) {
  if (one.size() != other.size() || one.type() != other.type()) return 1000;
  return cv::norm(one, other, cv::NORM_L1) / static_cast<double>(one.total() * one.elemSize());
}

std::string message(const Bytes& bytes, const DecodeLimits& limits = {}) {
  return test::error_of(Errc::input_unreadable, [&] { test::decode_all(bytes, limits); });
}

class Heif : public testing::TestWithParam<bool> {
 protected:
  static Bytes file_of(const std::vector<HeifImage>& images) { return heif_of(images, GetParam()); }
};

INSTANTIATE_TEST_SUITE_P(HevcAndAv1, Heif, testing::Values(false, true),
                         [](const auto& of) { return of.param ? "Av1" : "Hevc"; });

TEST_P(Heif, HasItsPixelsAndColours) {
  const cv::Mat page = drawn(130, 97);
  const Bytes bytes = file_of({{.pixels = page}});
  EXPECT_EQ(format_of(bytes), Format::heif);
  const auto file = open_pages(bytes, {});
  EXPECT_EQ(file->page_count(), 1);
  const Image image = file->decode(0, true);
  EXPECT_LT(difference(image.colour, page), 2);
  EXPECT_LT(difference(image.gray, gray_of(page)), 2);
  EXPECT_TRUE(test::same_pixels(file->decode(0).gray, image.gray));
  EXPECT_EQ(image.dpi.x, 0);
}

TEST_P(Heif, EveryImageIsAPageAndNoThumbnail) {
  const std::vector<cv::Mat> pages{drawn(96, 64), drawn(64, 96, 100), drawn(128, 64, 50)};
  std::vector<HeifImage> images;
  images.reserve(pages.size());
  for (const cv::Mat& page : pages) images.push_back({.pixels = page, .thumbnail = 32});
  const Bytes bytes = file_of(images);
  const auto file = open_pages(bytes, {});
  ASSERT_EQ(file->page_count(), 3);
  for (std::size_t i = 0; i < pages.size(); ++i)
    EXPECT_LT(difference(file->decode(static_cast<int>(i), true).colour, pages[i]), 2) << i;
}

TEST_P(Heif, StandsUpright) {
  const cv::Mat page = drawn(128, 64);
  // Quarter turns anticlockwise, and the orientation that EXIF has for them.
  for (const auto& [turns, orientation] : {std::pair(1U, 8), {2U, 3}, {3U, 6}}) {
    const Bytes stored =
        file_of({{.pixels = test::stored_as(page, orientation),
                  .exif = test::exif_bytes({.orientation = 5, .x = 300, .y = 200})}});
    const Image image = open_pages(test::with_property(stored, "irot", turns), {})->decode(0, true);
    EXPECT_LT(difference(image.colour, page), 2) << turns;
    // The orientation of the metadata does not count; their resolution is of the stored image.
    EXPECT_EQ(image.dpi.x, turns == 2 ? 300 : 200) << turns;
    EXPECT_EQ(image.dpi.y, turns == 2 ? 200 : 300) << turns;
  }
}

TEST_P(Heif, IsMirrored) {
  const cv::Mat page = drawn(128, 64);
  std::set<int> found;
  // Editions of the standard disagree on the axes.
  for (const unsigned axis : {0U, 1U}) {
    const Bytes bytes = test::with_property(file_of({{.pixels = page}}), "imir", axis);
    const Image image = open_pages(bytes, {})->decode(0, true);
    for (const int orientation : {2, 4}) {
      if (difference(image.colour, test::stored_as(page, orientation)) < 2)
        found.insert(orientation);
    }
  }
  EXPECT_EQ(found.size(), 2U);
}

TEST_P(Heif, AlphaIsLaidOverWhite) {
  cv::Mat image(64, 64, CV_8UC4, cv::Scalar(0, 0, 0, 0));
  image(cv::Rect(0, 0, 32, 64)).setTo(cv::Scalar(0, 0, 0, 255));
  const cv::Mat gray = decoded(file_of({{.pixels = image}})).gray;
  EXPECT_LT(gray.at<uchar>(30, 8), 8);
  EXPECT_GT(gray.at<uchar>(30, 56), 247);
}

TEST_P(Heif, MoreBitsAreScaled) {
  const cv::Mat page = drawn(96, 64);
  cv::Mat deep;
  page.convertTo(deep, CV_16U, 257);
  for (const int bits : {10, 12}) {
    // Debian 12's encoder of AV1 ends the process.
    if (GetParam() && bits == 10) continue;
    const Image image = open_pages(file_of({{.pixels = deep, .bits = bits}}), {})->decode(0, true);
    EXPECT_LT(difference(image.colour, page), 2) << bits;
  }
}

TEST_P(Heif, GrayImagesHaveNoColour) {
  const cv::Mat gray = gray_of(drawn(96, 64));
  const Bytes bytes = file_of({{.pixels = gray}});
  const Image image = open_pages(bytes, {})->decode(0, true);
  EXPECT_LT(difference(image.gray, gray), 2);
  EXPECT_TRUE(image.colour.empty());
}

TEST_P(Heif, LimitsAreAskedBeforeItIsDecoded) {
  const Bytes bytes = file_of({{.pixels = drawn(96, 64)}, {.pixels = drawn(64, 64)}});
  const auto file = open_pages(bytes, {.max_side = 80});
  EXPECT_EQ(test::error_of(Errc::input_unreadable, [&] { (void)file->decode(0); }),
            "is too large: 96x64 px, the limit is 80 px per side and 250 Mpx");
  EXPECT_EQ(file->decode(1).gray.cols, 64);
  EXPECT_EQ(message(bytes, {.max_pages = 1}), "has more pages than the limit of 1");
}

TEST_P(Heif, CutOffIsDamaged) {
  const Bytes whole = file_of({{.pixels = drawn(96, 64)}});
  for (int part = 1; part < 20; ++part) {
    Bytes bytes = whole;
    bytes.resize(whole.size() * static_cast<std::size_t>(part) / 20);
    EXPECT_TRUE(test::contains(message(bytes), "damaged")) << part;
  }
}

TEST(HeifFormat, IsToldByItsBrands) {
  const auto brands = [](const std::string& text) {
    return format_of(test::bytes_of(
        test::big_endian(static_cast<std::uint32_t>(8 + text.size()), 4) + "ftyp" + text));
  };
  EXPECT_EQ(brands(std::string("heic\0\0\0\0mif1heic", 16)), Format::heif);
  EXPECT_EQ(brands(std::string("MSNV\0\0\0\0isomavif", 16)), Format::heif);
  EXPECT_EQ(brands(std::string("isom\0\0\0\0isommp42", 16)), Format::unknown);
  EXPECT_EQ(brands("avi"), Format::unknown);
  EXPECT_EQ(brands(""), Format::unknown);
}

TEST(HeifFormat, WithoutImagesIsRefused) {
  const std::string text("heic\0\0\0\0mif1heic", 16);
  const Bytes bytes = test::bytes_of(test::big_endian(24, 4) + "ftyp" + text);
  EXPECT_EQ(message(bytes), "is damaged: can't be opened as HEIF or AVIF");
}

TEST(LibheifVersion, IsThatOfTheProgram) { EXPECT_TRUE(test::contains(libheif_version(), "1.")); }

}  // namespace
}  // namespace ocrtune
