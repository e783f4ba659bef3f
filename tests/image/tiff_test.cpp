#include "ocrtune/image/tiff.h"

#include <tiff.h>

#include <opencv2/imgproc.hpp>

#include "corpus/decoding.h"
#include "ocrtune/image/byte_order.h"
#include "support/errors.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::coloured;
using test::decoded;
using test::levels;
using test::noise;
using test::read_by_opencv;
using test::same_pixels;
using test::tiff_of;
using test::TiffPage;

/// TIFF stores RGB; OpenCV's images are BGR.
cv::Mat rgb(const cv::Mat& bgr) {
  cv::Mat swapped;
  cv::cvtColor(bgr, swapped, cv::COLOR_BGR2RGB);
  return swapped;
}

TEST(Tiff, GrayIsExact) {
  const cv::Mat gray = noise(37, 23, 1);
  for (const int compression :
       {COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_PACKBITS}) {
    const Bytes bytes = tiff_of({{.pixels = gray, .compression = compression}});
    EXPECT_TRUE(same_pixels(decoded(bytes).gray, gray)) << compression;
    EXPECT_TRUE(same_pixels(read_by_opencv(bytes, ".tif"), gray)) << compression;
  }
  const Bytes inverted = tiff_of({{.pixels = ~gray, .photometric = PHOTOMETRIC_MINISWHITE}});
  EXPECT_TRUE(same_pixels(decoded(inverted).gray, gray));
}

TEST(Tiff, TilesAreReadAsStripsAre) {
  const cv::Mat gray = noise(37, 23, 2);
  EXPECT_TRUE(same_pixels(decoded(tiff_of({{.pixels = gray, .tiled = true}})).gray, gray));
  const cv::Mat colour = rgb(coloured(37, 23, 2));
  const TiffPage strips{.pixels = colour, .photometric = PHOTOMETRIC_RGB};
  TiffPage tiles = strips;
  tiles.tiled = true;
  EXPECT_TRUE(same_pixels(decoded(tiff_of({tiles})).gray, decoded(tiff_of({strips})).gray));
}

TEST(Tiff, SixteenBitsAreReadAsOpenCvDoes) {
  cv::Mat wide;
  noise(37, 23, 3).convertTo(wide, CV_16UC1, 256.0, 200);
  const Bytes bytes = tiff_of({{.pixels = wide, .bits = 16}});
  EXPECT_TRUE(same_pixels(decoded(bytes).gray, read_by_opencv(bytes, ".tif")));
  const Bytes tiled = tiff_of({{.pixels = wide, .bits = 16, .tiled = true}});
  EXPECT_TRUE(same_pixels(decoded(tiled).gray, decoded(bytes).gray));
  const Bytes inverted = tiff_of(
      {{.pixels = ~wide, .bits = 16, .photometric = PHOTOMETRIC_MINISWHITE, .tiled = true}});
  EXPECT_TRUE(same_pixels(decoded(inverted).gray, decoded(bytes).gray));
}

TEST(Tiff, ColourIsMadeGrayAsOpenCvDoes) {
  const Bytes bytes =
      tiff_of({{.pixels = rgb(coloured(37, 23, 4)), .photometric = PHOTOMETRIC_RGB}});
  EXPECT_TRUE(same_pixels(decoded(bytes).gray, read_by_opencv(bytes, ".tif")));
}

TEST(Tiff, BlackAndWhiteOfEveryKind) {
  const cv::Mat page = noise(37, 23, 5) > 128;
  for (const int photometric : {PHOTOMETRIC_MINISWHITE, PHOTOMETRIC_MINISBLACK}) {
    for (const int compression : {COMPRESSION_NONE, COMPRESSION_CCITTFAX3, COMPRESSION_CCITTFAX4}) {
      const Bytes bytes = tiff_of(
          {{.pixels = page, .bits = 1, .photometric = photometric, .compression = compression}});
      EXPECT_TRUE(same_pixels(decoded(bytes).gray, page)) << photometric << " " << compression;
    }
  }
}

TEST(Tiff, PalettesAreLookedUp) {
  TiffPage page{.pixels = levels({0, 1, 2}), .photometric = PHOTOMETRIC_PALETTE};
  for (auto& channel : page.palette) channel.assign(256, 0);
  page.palette[0][1] = page.palette[1][1] = page.palette[2][1] = 0xFFFF;
  page.palette[0][2] = 0xFFFF;
  EXPECT_TRUE(same_pixels(decoded(tiff_of({page})).gray, levels({0, 255, 76})));
}

TEST(Tiff, CmykIsMadeGray) {
  cv::Mat cmyk(1, 4, CV_8UC4);
  cmyk.at<cv::Vec4b>(0, 0) = {0, 0, 0, 0};
  cmyk.at<cv::Vec4b>(0, 1) = {0, 0, 0, 255};
  cmyk.at<cv::Vec4b>(0, 2) = {255, 255, 255, 0};
  cmyk.at<cv::Vec4b>(0, 3) = {0, 255, 255, 0};  // red
  const cv::Mat gray =
      decoded(tiff_of({{.pixels = cmyk, .photometric = PHOTOMETRIC_SEPARATED}})).gray;
  EXPECT_LE(cv::norm(gray, levels({255, 0, 0, 76}), cv::NORM_INF), 1);
}

TEST(Tiff, AlphaIsLaidOverWhite) {
  cv::Mat image(1, 3, CV_8UC4);
  image.at<cv::Vec4b>(0, 0) = {0, 0, 0, 255};
  image.at<cv::Vec4b>(0, 1) = {0, 0, 0, 0};
  image.at<cv::Vec4b>(0, 2) = {0, 0, 0, 102};
  const cv::Mat gray =
      decoded(tiff_of({{.pixels = image, .photometric = PHOTOMETRIC_RGB, .alpha = true}})).gray;
  EXPECT_LE(cv::norm(gray, levels({0, 255, 153}), cv::NORM_INF), 1);
}

TEST(Tiff, EveryOrientationIsTurnedUpright) {
  const cv::Mat upright = noise(11, 7, 6);
  cv::Mat wide;
  for (int orientation = 1; orientation <= 8; ++orientation) {
    SCOPED_TRACE(orientation);
    TiffPage page{.pixels = test::stored_as(upright, orientation),
                  .orientation = orientation,
                  .dpi_x = 300,
                  .dpi_y = 200};
    const auto file_bytes = tiff_of({page});
    const auto file = open_pages(file_bytes, {});
    for (int time = 0; time < 2; ++time) {
      const Image image = file->decode(0);
      EXPECT_TRUE(same_pixels(image.gray, upright));
      EXPECT_EQ(image.dpi.x, orientation < 5 ? 300 : 200);
      EXPECT_EQ(image.dpi.y, orientation < 5 ? 200 : 300);
    }
    page.pixels.convertTo(wide, CV_16UC1, 257.0);
    page.pixels = wide;
    page.bits = 16;
    EXPECT_TRUE(same_pixels(decoded(tiff_of({page})).gray, upright));
  }
}

TEST(Tiff, ResolutionIsReadInItsUnit) {
  TiffPage page{.pixels = noise(4, 4, 7), .dpi_x = 300, .dpi_y = 150};
  EXPECT_NEAR(decoded(tiff_of({page})).dpi.x, 300, 1e-3);
  EXPECT_NEAR(decoded(tiff_of({page})).dpi.y, 150, 1e-3);
  page.unit = RESUNIT_CENTIMETER;
  page.dpi_x = 118.11F;
  EXPECT_NEAR(decoded(tiff_of({page})).dpi.x, 300, 0.01);
  page.unit = RESUNIT_NONE;
  EXPECT_EQ(decoded(tiff_of({page})).dpi.x, 0);
  EXPECT_EQ(decoded(tiff_of({{.pixels = noise(4, 4, 7)}})).dpi.x, 0);
}

TEST(Tiff, HoldsSeveralPagesOfDifferentKinds) {
  const cv::Mat first = noise(11, 7, 8);
  const cv::Mat second = noise(5, 9, 9) > 128;
  const cv::Mat third = noise(6, 6, 10);
  const Bytes bytes = tiff_of({{.pixels = first},
                               {.pixels = second,
                                .bits = 1,
                                .photometric = PHOTOMETRIC_MINISWHITE,
                                .compression = COMPRESSION_CCITTFAX4},
                               {.pixels = third, .compression = COMPRESSION_LZW}});
  const auto file = open_pages(bytes, {});
  ASSERT_EQ(file->page_count(), 3);
  for (const int index : {2, 0, 1, 1, 2}) {
    const std::array<cv::Mat, 3> expected{first, second, third};
    EXPECT_TRUE(
        same_pixels(file->decode(index).gray, expected.at(static_cast<std::size_t>(index))));
  }
  const std::string message =
      test::error_of(Errc::input_unreadable, [&] { (void)open_pages(bytes, {.max_pages = 2}); });
  EXPECT_TRUE(test::contains(message, "has more pages than the limit of 2"));
}

TEST(Tiff, AMissingPageIsNotPassedOver) {
  const cv::Mat gray = noise(11, 7, 8);
  Bytes bytes = tiff_of({{.pixels = gray}, {.pixels = gray}});
  bytes.resize(bytes.size() - 40);
  const auto file = open_pages(bytes, {});
  ASSERT_EQ(file->page_count(), 2);
  EXPECT_TRUE(same_pixels(file->decode(0).gray, gray));
  EXPECT_TRUE(test::contains(test::error_of(Errc::input_unreadable, [&] { (void)file->decode(1); }),
                             "is damaged"));
}

/// The widths of a file's pages.
std::vector<int> widths_of(const Bytes& bytes) {
  const auto file = open_pages(bytes, {});
  std::vector<int> widths;
  for (int page = 0; page < file->page_count(); ++page)
    widths.push_back(file->decode(page).gray.cols);
  return widths;
}

TiffPage page_of(int width, std::optional<int> kind, int nested = 0) {
  return {.pixels = noise(width, 20, 9), .kind = kind, .nested = nested};
}

/// Of the first directory's SubIFDs, of which there are several.
void set_nested_offset(Bytes& bytes, std::size_t index, std::uint32_t offset) {
  const auto number = [&](std::size_t at, std::size_t length) {
    return little_endian(bytes, at, length);
  };
  const std::size_t directory = number(4, 4);
  for (std::size_t i = 0; i < number(directory, 2); ++i) {
    const std::size_t entry = directory + 2 + 12 * i;
    if (number(entry, 2) != TIFFTAG_SUBIFD) continue;
    for (std::size_t byte = 0; byte < 4; ++byte)
      bytes[number(entry + 8, 4) + 4 * index + byte] = static_cast<std::byte>(offset >> (8 * byte));
  }
}

TEST(Tiff, ThumbnailsLevelsAndMasksAreNoPages) {
  using Widths = std::vector<int>;
  constexpr int kMaskOfReduced = FILETYPE_REDUCEDIMAGE | FILETYPE_MASK;
  EXPECT_EQ(widths_of(tiff_of({page_of(20, FILETYPE_REDUCEDIMAGE), page_of(90, 0),
                               page_of(80, FILETYPE_PAGE), page_of(40, FILETYPE_MASK),
                               page_of(45, kMaskOfReduced), page_of(70, std::nullopt)})),
            (Widths{90, 80, 70}));
  // Levels of a pyramid.
  EXPECT_EQ(widths_of(tiff_of({page_of(90, 0, 2), page_of(45, FILETYPE_REDUCEDIMAGE),
                               page_of(22, FILETYPE_REDUCEDIMAGE), page_of(80, 0)})),
            (Widths{90, 80}));
  // A thumbnail that has its image in it.
  EXPECT_EQ(widths_of(tiff_of({page_of(20, FILETYPE_REDUCEDIMAGE, 2), page_of(90, 0),
                               page_of(45, FILETYPE_REDUCEDIMAGE)})),
            (Widths{90}));
  // One of those in it cannot be read: it is missed, and not its thumbnail recognized.
  Bytes damaged = tiff_of({page_of(20, FILETYPE_REDUCEDIMAGE, 2), page_of(90, 0), page_of(80, 0)});
  set_nested_offset(damaged, 1, 0xFFFFFFF0);
  const auto pages = open_pages(damaged, {});
  ASSERT_EQ(pages->page_count(), 2);
  EXPECT_EQ(pages->decode(0).gray.cols, 90);
  EXPECT_TRUE(test::contains(
      test::error_of(Errc::input_unreadable, [&] { (void)pages->decode(1); }), "damaged"));
  // Nothing else: then it is a page.
  EXPECT_EQ(widths_of(tiff_of({page_of(20, FILETYPE_REDUCEDIMAGE)})), (Widths{20}));
}

}  // namespace
}  // namespace ocrtune
