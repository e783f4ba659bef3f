#include <gtest/gtest.h>

#include "ocrtune/kernels/filter/show_through.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

TEST(ReduceShowThrough, IsTheKernelsWithTwentyPixelsAnXHeightWhereThereIsNoText) {
  cv::Mat gray(70, 90, CV_8UC1, cv::Scalar(220));
  gray(cv::Rect(20, 20, 3, 30)).setTo(40);
  gray(cv::Rect(50, 20, 3, 30)).setTo(160);
  const cv::Mat expected = without_show_through(gray, {.contrast = 0.6, .window = 81, .reach = 2});
  EXPECT_FALSE(same_pixels(expected, gray));
  EXPECT_TRUE(same_pixels(output(reduce_show_through(), gray, {{"contrast", 0.6}}), expected));
}

TEST(ReduceShowThrough, OfNoContrastLeavesThePageAlone) {
  const cv::Mat gray = test::scanned(90, 70, 3);
  EXPECT_TRUE(same_pixels(output(reduce_show_through(), gray, {{"contrast", 0}}), gray));
}

}  // namespace
}  // namespace ocrtune
