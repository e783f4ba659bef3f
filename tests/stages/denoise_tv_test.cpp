#include <gtest/gtest.h>

#include "ocrtune/kernels/filter/total_variation.h"
#include "ocrtune/stages/registry.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

TEST(DenoiseTv, IsTheKernelsOfItsStrength) {
  const cv::Mat gray = test::scanned(60, 40, 3);
  EXPECT_TRUE(same_pixels(output(denoise_tv(), gray, {{"strength", 9}}), less_variation(gray, 9)));
}

TEST(DenoiseTv, OfNoStrengthLeavesThePageAlone) {
  const cv::Mat gray = test::noise(60, 40, 3);
  EXPECT_TRUE(same_pixels(output(denoise_tv(), gray, {{"strength", 0}}), gray));
  EXPECT_TRUE(same_pixels(output(denoise_tv(), gray, {{"strength", 1e-9}}), gray));
}

}  // namespace
}  // namespace ocrtune
