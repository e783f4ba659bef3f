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

int dpi_for(const Image& page, const OcrSettings& settings, int usual_psm) {
  return settings_of_copy(settings, page, ocr_result_copy(page, {}), usual_psm).dpi;
}

TEST(SettingsOfCopy, HaveItsResolutionWhereTheModeFindsThePartsOfAPage) {
  const Image page{noise(640, 3, 1), {300, 300}};
  const Image wide{noise(3000, 3, 1), {300, 300}};
  for (const int psm : {1, 3, 4, 11, 12}) {
    EXPECT_EQ(dpi_for(page, {}, psm), 300);
    EXPECT_EQ(dpi_for(page, {.psm = psm}, 6), 300);
    EXPECT_EQ(dpi_for(wide, {}, psm), 150);
    EXPECT_EQ(dpi_for(page, {.dpi = 200}, psm), 200);
    EXPECT_EQ(dpi_for(wide, {.dpi = 200}, psm), 100);
  }
  for (const int psm : {5, 6, 7, 8, 9, 10, 13}) {
    EXPECT_EQ(dpi_for(page, {}, psm), 0);
    EXPECT_EQ(dpi_for(page, {.psm = psm}, 3), 0);
  }
}

TEST(SettingsOfCopy, HaveNoResolutionOutsideOfTesseractsRange) {
  for (const double dpi : {0.0, 69.0, 2401.0})
    EXPECT_EQ(dpi_for({noise(640, 3, 1), {dpi, dpi}}, {}, 3), 0);
}

}  // namespace
}  // namespace ocrtune
