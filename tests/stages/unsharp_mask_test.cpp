#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "support/images.h"
#include "support/plain_filters.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

RC_GTEST_PROP(UnsharpMask, AddsWhatTheBlurTakesAway, ()) {
  const int width = *rc::gen::inRange(1, 40);
  const int height = *rc::gen::inRange(1, 40);
  const cv::Mat gray = test::noise(width, height, *rc::gen::arbitrary<std::uint64_t>());
  const double radius = *rc::gen::inRange(5, 40) / 10.0;
  const double amount = *rc::gen::inRange(0, 40) / 10.0;
  const cv::Mat out = output(unsharp_mask(), gray, {{"radius", radius}, {"amount", amount}});
  const cv::Mat blurred = test::plain_gaussian(gray, radius);
  // The blur is rounded, and its weights are multiples of 1/256.
  const double slack = 0.5 + amount * 4;
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      const double level = gray.at<uchar>(y, x);
      const double exact =
          std::clamp(level + amount * (level - blurred.at<double>(y, x)), 0.0, 255.0);
      RC_ASSERT(std::abs(out.at<uchar>(y, x) - exact) <= slack);
    }
  }
}

TEST(UnsharpMask, OfNoAmountOrRadiusLeavesThePageAlone) {
  const cv::Mat gray = test::scanned(60, 40, 3);
  EXPECT_TRUE(same_pixels(output(unsharp_mask(), gray, {{"amount", 0}}), gray));
  EXPECT_TRUE(same_pixels(output(unsharp_mask(), gray, {{"radius", 0}}), gray));
  EXPECT_FALSE(same_pixels(output(unsharp_mask(), gray, {}), gray));
}

TEST(UnsharpMask, LeavesEvenGroundAloneAndMakesEdgesSteeper) {
  cv::Mat page(40, 60, CV_8UC1, cv::Scalar(100));
  page.colRange(30, 60).setTo(160);
  cv::Mat soft;
  test::plain_gaussian(page, 2).convertTo(soft, CV_8UC1);
  const cv::Mat out = output(unsharp_mask(), soft, {{"radius", 2}, {"amount", 2}});
  EXPECT_EQ(out.at<uchar>(20, 5), 100);
  EXPECT_EQ(out.at<uchar>(20, 55), 160);
  EXPECT_LT(out.at<uchar>(20, 27), soft.at<uchar>(20, 27));
  EXPECT_GT(out.at<uchar>(20, 32), soft.at<uchar>(20, 32));
  EXPECT_GT(out.at<uchar>(20, 30) - out.at<uchar>(20, 29),
            soft.at<uchar>(20, 30) - soft.at<uchar>(20, 29));
}

}  // namespace
}  // namespace ocrtune
