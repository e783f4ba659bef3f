#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/lines/line_repair.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

TEST(RemoveLinesRepaired, IsTheKernelsWithTwentyPixelsAnXHeightWhereThereIsNoText) {
  cv::Mat page(100, 300, CV_8UC1, cv::Scalar(220));
  cv::line(page, {0, 50}, {299, 50}, 30, 3);
  const cv::Mat out =
      output(remove_lines_repaired(), page, {{"h_length", 4}, {"v_length", 6}, {"thickness", 0.3}});
  EXPECT_TRUE(same_pixels(
      out,
      without_lines_repaired(page, {.h_size = 41, .v_size = 61, .thickness = 6, .margin = 2})));
  EXPECT_TRUE(same_pixels(out, cv::Mat(page.size(), CV_8UC1, cv::Scalar(220))));
}

TEST(RemoveLinesRepaired, OfNoThicknessLeavesThePageAlone) {
  const cv::Mat gray = test::scanned(120, 90, 3);
  EXPECT_TRUE(same_pixels(output(remove_lines_repaired(), gray, {{"thickness", 0}}), gray));
}

}  // namespace
}  // namespace ocrtune
