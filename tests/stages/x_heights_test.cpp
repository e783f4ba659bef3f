#include "ocrtune/stages/x_heights.h"

#include <gtest/gtest.h>

#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using namespace test;

TEST(XHeights, BecomeTheNearestOddNumberOfPixels) {
  EXPECT_EQ(odd_px(1, 20), 21);
  EXPECT_EQ(odd_px(0.99, 20), 19);
  EXPECT_EQ(odd_px(3, 7.5), 23);
  EXPECT_EQ(odd_px(0.1, 4), 3);
  EXPECT_EQ(odd_px(100, 500), 2001);
}

TEST(XHeights, AreTwentyPixelsWhereThereIsNoText) {
  EXPECT_EQ(odd_px(4, 0), odd_px(4, 20));
  EXPECT_EQ(measured_x_height({cv::Mat(50, 50, CV_8UC1, cv::Scalar(200)), {}}), 0);
}

TEST(XHeights, ThatAreAsManyPixelsAreWorkedOutOnce) {
  const Stage stage = binarize_sauvola();
  const auto resolved_at = [&](double window, double x_height) {
    return resolved(stage, values_of(stage, {{"window", window}}), x_height);
  };
  EXPECT_EQ(resolved_at(4, 20), resolved_at(4.05, 20));
  EXPECT_EQ(resolved_at(4, 20), resolved_at(8, 10));
  EXPECT_NE(resolved_at(4, 20), resolved_at(4.2, 20));
}

}  // namespace
}  // namespace ocrtune
