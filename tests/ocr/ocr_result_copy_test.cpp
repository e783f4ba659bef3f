#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocrtune/ocr/recognizer.h"
#include "support/images.h"

namespace ocrtune {
namespace {

using test::noise;
using test::same_pixels;

TEST(OcrResultCopy, OfPagesUpTo2500PixelsIsThePage) {
  for (const int width : {1, 640, 2500}) {
    const Image page{noise(width, 3, 1), {300, 300}};
    const Image copy = ocr_result_copy(page, {});
    EXPECT_EQ(copy.gray.data, page.gray.data);
    EXPECT_EQ(copy.dpi.x, 300);
  }
}

TEST(OcrResultCopy, OfWiderPagesIsHalved) {
  for (const cv::Size size : {cv::Size{2501, 4}, cv::Size{2600, 11}, cv::Size{3001, 7}}) {
    const cv::Mat gray = noise(size.width, size.height, 2);
    const Image copy = ocr_result_copy({gray, {300, 200}}, {});
    cv::Mat expected;
    cv::resize(gray, expected, {}, 0.5, 0.5);
    EXPECT_TRUE(same_pixels(copy.gray, expected));
    EXPECT_NEAR(copy.dpi.x, 150, 0.1);
    EXPECT_NEAR(copy.dpi.y, 100, 0.1);
  }
}

TEST(OcrResultCopy, OfAPageOnePixelHighHasOnePixelHeight) {
  for (const auto width : {std::optional<int>{}, std::optional<int>{100}}) {
    const Image copy = ocr_result_copy({noise(3000, 1, 3), {}}, width);
    EXPECT_EQ(copy.gray.rows, 1);
    EXPECT_EQ(copy.gray.cols, width.value_or(1500));
  }
}

TEST(OcrResultCopy, IsScaledToTheWidthAskedFor) {
  const cv::Mat gray = noise(3000, 90, 4);
  const Image copy = ocr_result_copy({gray, {300, 300}}, 1000);
  cv::Mat expected;
  cv::resize(gray, expected, {1000, 30}, 0, 0, cv::INTER_AREA);
  EXPECT_TRUE(same_pixels(copy.gray, expected));
  EXPECT_NEAR(copy.dpi.x, 100, 1e-9);
  // A width is never enlarged to, and takes the place of halving.
  EXPECT_EQ(ocr_result_copy({gray, {}}, 3000).gray.data, gray.data);
  EXPECT_EQ(ocr_result_copy({gray, {}}, 4000).gray.data, gray.data);
}

}  // namespace
}  // namespace ocrtune
