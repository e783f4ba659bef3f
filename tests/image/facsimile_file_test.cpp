#include "ocrtune/image/facsimile_file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <opencv2/imgproc.hpp>
#include <string>

#include "corpus/decoding.h"

namespace ocrtune {
namespace {

using test::Bytes;
using test::coloured;
using test::encoded;
using test::noise;
using test::same_pixels;

/// Checks that the file of a page's facsimile has its pixels, colours and resolution.
void check_file(const Bytes& bytes, const std::string& extension) {
  const auto file = open_pages(bytes, {});
  const Image page = file->decode(0, true);
  const ImageFile made = image_file_of(facsimile_of(bytes, *file, 0, page), [&] { return page; });
  EXPECT_EQ(made.extension, extension);
  EXPECT_NE(std::ranges::find(image_file_extensions(), made.extension),
            image_file_extensions().end());
  const Image read = open_pages(made.bytes, {})->decode(0, true);
  EXPECT_TRUE(same_pixels(read.gray, page.gray));
  EXPECT_EQ(read.colour.empty(), page.colour.empty());
  EXPECT_TRUE(page.colour.empty() || same_pixels(read.colour, page.colour));
  EXPECT_NEAR(read.dpi.x, page.dpi.x, 0.02);
  EXPECT_NEAR(read.dpi.y, page.dpi.y, 0.02);
}

TEST(FacsimileFile, HasThePixelsOfThePage) {
  const cv::Mat gray = noise(61, 47, 1);
  cv::Mat black_and_white;
  cv::threshold(gray, black_and_white, 127, 255, cv::THRESH_BINARY);
  check_file(encoded(gray, ".png"), ".png");
  check_file(encoded(coloured(61, 47, 2), ".png"), ".png");
  check_file(encoded(black_and_white, ".png"), ".png");
  check_file(encoded(gray, ".jpg"), ".jpg");
  check_file(encoded(coloured(61, 47, 2), ".jpg"), ".jpg");
  check_file(test::tiff_of({{.pixels = gray, .dpi_x = 300, .dpi_y = 200}}), ".png");
  check_file(test::tiff_of({{.pixels = black_and_white, .bits = 1}}), ".png");
}

TEST(FacsimileFile, JpegIsTheFileItself) {
  const Bytes bytes = encoded(noise(40, 30, 3), ".jpg");
  const auto file = open_pages(bytes, {});
  const Image page = file->decode(0);
  EXPECT_EQ(image_file_of(facsimile_of(bytes, *file, 0, page), [&] { return page; }).bytes, bytes);
  EXPECT_EQ(mime_type_of(".jpg"), "image/jpeg");
  EXPECT_EQ(mime_type_of(".png"), "image/png");
}

}  // namespace
}  // namespace ocrtune
