#include <gtest/gtest.h>

#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

TEST(XHeights, BecomeTheNearestWholeNumberOfPixels) {
  EXPECT_EQ(whole_px(0.5, 13), 7);
  EXPECT_EQ(whole_px(0.5, 0), 10);
  EXPECT_EQ(whole_px(0.001, 13), 1);
  EXPECT_EQ(whole_px(100, 500), 10000);
}

}  // namespace
}  // namespace ocrtune
