#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <opencv2/core.hpp>

#include "support/images.h"
#include "support/plain_filters.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

RC_GTEST_PROP(DenoiseGaussian, IsTheWeightedMean, ()) {
  const int width = *rc::gen::inRange(1, 40);
  const int height = *rc::gen::inRange(1, 40);
  const double sigma = *rc::gen::inRange(4, 40) / 10.0;
  const cv::Mat gray = test::noise(width, height, *rc::gen::arbitrary<std::uint64_t>());
  const cv::Mat out = output(denoise_gaussian(), gray, {{"sigma", sigma}});
  const cv::Mat exact = test::plain_gaussian(gray, sigma);
  // The result is rounded, and the weights are multiples of 1/256.
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      RC_ASSERT(std::abs(out.at<uchar>(y, x) - exact.at<double>(y, x)) <= 4);
    }
  }
}

TEST(DenoiseGaussian, OfNoWidthLeavesThePageAlone) {
  const cv::Mat gray = test::scanned(60, 40, 3);
  EXPECT_TRUE(same_pixels(output(denoise_gaussian(), gray, {{"sigma", 0}}), gray));
  EXPECT_TRUE(same_pixels(output(denoise_gaussian(), gray, {{"sigma", 0.01}}), gray));
}

TEST(DenoiseGaussian, MakesGrainWeaker) {
  const cv::Mat grain = test::noise(200, 200, 1);
  cv::Scalar mean;
  cv::Scalar before;
  cv::Scalar after;
  cv::meanStdDev(grain, mean, before);
  cv::meanStdDev(output(denoise_gaussian(), grain, {{"sigma", 2}}), mean, after);
  // White noise becomes weaker by the root of 4 pi sigma².
  EXPECT_NEAR(after[0], before[0] / std::sqrt(4 * 3.14159 * 4), 0.5);
  EXPECT_NEAR(mean[0], 127.5, 1.5);
}

}  // namespace
}  // namespace ocrtune
