#include <gtest/gtest.h>

#include "ocrtune/kernels/filter/bilateral.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

TEST(DenoiseBilateral, IsTheFilterOfItsSettings) {
  const cv::Mat gray = test::scanned(60, 40, 3);
  EXPECT_TRUE(same_pixels(output(denoise_bilateral(), gray, {{"space", 2}, {"level", 25}}),
                          bilateral_filter(gray, 2, 25)));
}

TEST(DenoiseBilateral, LeavesThePageAloneBelowATenth) {
  const cv::Mat gray = test::noise(60, 40, 3);
  EXPECT_TRUE(same_pixels(output(denoise_bilateral(), gray, {{"space", 0}}), gray));
  EXPECT_TRUE(same_pixels(output(denoise_bilateral(), gray, {{"level", 0}}), gray));
  // As it does at a tenth.
  EXPECT_TRUE(same_pixels(bilateral_filter(gray, 0.1, 30), gray));
  EXPECT_TRUE(same_pixels(bilateral_filter(gray, 3, 0.1), gray));
}

}  // namespace
}  // namespace ocrtune
