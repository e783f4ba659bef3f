#include "ocrtune/ocr/ppocr/line_image.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "support/images.h"

namespace ocrtune::ppocr {
namespace {

LineBox upright(double left, double top, double length, double thickness) {
  return {.centre = {left + length / 2, top + thickness / 2},
          .along = {1, 0},
          .length = length,
          .thickness = thickness};
}

TEST(LineImage, OfItsHeightIsThePartOfThePage) {
  const cv::Mat page = test::noise(300, 200, 1);
  EXPECT_TRUE(test::same_pixels(line_image(page, upright(20, 30, 160, kLineHeight), 160),
                                page(cv::Rect(20, 30, 160, kLineHeight)).clone()));
}

TEST(LineImage, TwiceAsHighIsAveraged) {
  const cv::Mat page = test::noise(300, 200, 2);
  cv::Mat expected;
  cv::resize(page(cv::Rect(20, 30, 160, 96)), expected, {80, kLineHeight}, 0, 0, cv::INTER_AREA);
  EXPECT_TRUE(test::same_pixels(line_image(page, upright(20, 30, 160, 96), 80), expected));
}

TEST(LineImage, ThatRunsUpwardsIsTurned) {
  cv::Mat page = test::noise(300, 200, 3);
  const LineBox box{.centre = {50, 100}, .along = {0, -1}, .length = 120, .thickness = kLineHeight};
  cv::Mat expected;
  cv::rotate(page(cv::Rect(26, 40, kLineHeight, 120)), expected, cv::ROTATE_90_CLOCKWISE);
  EXPECT_TRUE(test::same_pixels(line_image(page, box, 120), expected));
}

TEST(LineImage, ReversedIsUpsideDown) {
  const cv::Mat page = test::noise(300, 200, 4);
  const LineBox box = upright(20, 30, 160, kLineHeight);
  cv::Mat expected;
  cv::rotate(line_image(page, box, 160), expected, cv::ROTATE_180);
  EXPECT_TRUE(test::same_pixels(line_image(page, box.reversed(), 160), expected));
}

TEST(LineImage, BeyondThePageRepeatsItsBorder) {
  const cv::Mat page(40, 60, CV_8UC1, cv::Scalar(77));
  const cv::Mat line = line_image(page, upright(-500, -500, 2000, 900), 64);
  EXPECT_EQ(cv::countNonZero(line != 77), 0);
}

RC_GTEST_PROP(WidthBucket, HoldsTheWidthAndIsNotMuchWider, ()) {
  const int width = *rc::gen::inRange(1, kMaxLineWidth + 1);
  const int bucket = width_bucket(width);
  RC_ASSERT(bucket >= width);
  RC_ASSERT(bucket % kStep == 0);
  RC_ASSERT(bucket < width + std::max(32, width / 7));
  RC_ASSERT(width_bucket(bucket) == bucket);
}

RC_GTEST_PROP(LineBoxes, PartsLieInside, ()) {
  const double angle = *rc::gen::inRange(0, 360) * CV_PI / 180;
  const LineBox box{.centre = {100, 100},
                    .along = {std::cos(angle), std::sin(angle)},
                    .length = 80.0 + *rc::gen::inRange(0, 100),
                    .thickness = 10};
  const double left = *rc::gen::inRange(0, 50) / 100.0;
  const cv::Rect2d all = box.bounds();
  const cv::Rect2d part = box.part(left, left + 0.5).bounds();
  constexpr double kRounding = 1e-9;
  RC_ASSERT(part.x >= all.x - kRounding);
  RC_ASSERT(part.y >= all.y - kRounding);
  RC_ASSERT(part.br().x <= all.br().x + kRounding);
  RC_ASSERT(part.br().y <= all.br().y + kRounding);
  RC_ASSERT(std::abs(box.part(0, 1).length - box.length) < kRounding);
}

}  // namespace
}  // namespace ocrtune::ppocr
