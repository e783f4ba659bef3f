#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

/// A row of every level.
cv::Mat all_levels() {
  cv::Mat row(1, 256, CV_8UC1);
  for (int level = 0; level < 256; ++level) row.at<uchar>(level) = static_cast<uchar>(level);
  return row;
}

RC_GTEST_PROP(Gamma, IsThePowerOfTheLevel, ()) {
  const double exponent = *rc::gen::inRange(10, 1001) / 100.0;
  const cv::Mat out = output(gamma(), all_levels(), {{"gamma", exponent}});
  for (int level = 0; level < 256; ++level) {
    const double exact = 255 * std::pow(level / 255.0, exponent);
    RC_ASSERT(std::abs(out.at<uchar>(level) - exact) <= 0.5 + 1e-9);
  }
}

RC_GTEST_PROP(Gamma, KeepsTheOrderAndBothEnds, ()) {
  const double exponent = *rc::gen::inRange(10, 1001) / 100.0;
  const cv::Mat out = output(gamma(), all_levels(), {{"gamma", exponent}});
  RC_ASSERT(out.at<uchar>(0) == 0);
  RC_ASSERT(out.at<uchar>(255) == 255);
  for (int level = 1; level < 256; ++level) {
    RC_ASSERT(out.at<uchar>(level) >= out.at<uchar>(level - 1));
    const bool bends_down = exponent >= 1;
    RC_ASSERT((bends_down ? out.at<uchar>(level) <= level : out.at<uchar>(level) >= level));
  }
}

TEST(Gamma, OfOneLeavesThePageAlone) {
  const cv::Mat gray = test::scanned(60, 40, 3);
  EXPECT_TRUE(same_pixels(output(gamma(), gray, {{"gamma", 1}}), gray));
  EXPECT_FALSE(same_pixels(output(gamma(), gray, {{"gamma", 1.1}}), gray));
}

}  // namespace
}  // namespace ocrtune
