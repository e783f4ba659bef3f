#include "ocrtune/kernels/filter/thicken.h"

#include <gtest/gtest.h>

#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

double resolved_px(double amount, double x_height) {
  const Stage stage = thicken();
  return resolved(stage, values_of(stage, {{"amount", amount}}), x_height).real("px");
}

TEST(Thicken, LeavesThePageAloneAtZero) {
  const cv::Mat gray = scanned(90, 60, 1);
  EXPECT_TRUE(same_pixels(output(thicken(), gray, {{"amount", 0}}), gray));
}

TEST(Thicken, IsInXHeights) {
  EXPECT_EQ(resolved_px(0.05, 20), 1);
  EXPECT_EQ(resolved_px(0.05, 0), 1);
  EXPECT_EQ(resolved_px(-0.05, 10), -0.5);
  EXPECT_EQ(resolved_px(1, 100), 16);
  EXPECT_EQ(resolved_px(-1, 100), -16);
  const cv::Mat gray = scanned(90, 60, 1);
  Values resolved;
  resolved.set("px", -0.75);
  EXPECT_TRUE(same_pixels(thicken().run({gray, {}}, resolved).gray, thickened(gray, -0.75)));
}

TEST(Thicken, MakesInkMoreOrLess) {
  const TextPage page = text_page({});
  const auto light = [&](double amount) {
    return cv::mean(output(thicken(), page.gray, {{"amount", amount}}))[0];
  };
  EXPECT_GT(light(-0.05), light(-0.02));
  EXPECT_GT(light(-0.02), light(0));
  EXPECT_GT(light(0), light(0.02));
  EXPECT_GT(light(0.02), light(0.05));
}

}  // namespace
}  // namespace ocrtune
