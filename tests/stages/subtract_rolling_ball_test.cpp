#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/background.h"
#include "ocrtune/stages/registry.h"
#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

TEST(SubtractRollingBall, IsTheKernelsWithTwentyPixelsAnXHeightWhereThereIsNoText) {
  cv::Mat page = test::noise(90, 70, 3);
  page = page / 4 + 150;
  const cv::Mat expected = ~(under_rolling_ball(page, 60, 60) - page);
  EXPECT_TRUE(same_pixels(output(subtract_rolling_ball(), page, {{"radius", 3}}), expected));
}

TEST(SubtractRollingBall, MakesPaperWhiteWhateverTheLight) {
  const test::TextPage text = test::text_page({.paper = 225, .ink = 0.3, .shade = 0.75});
  cv::Mat paper;
  cv::dilate(text.ink, paper, cv::Mat::ones(3, 3, CV_8UC1));
  cv::bitwise_not(paper, paper);
  const auto gap = [&](const cv::Mat& page) {
    double darkest_paper = 0;
    double lightest_ink = 0;
    cv::minMaxLoc(page, &darkest_paper, nullptr, nullptr, nullptr, paper);
    cv::minMaxLoc(page, nullptr, &lightest_ink, nullptr, nullptr, text.ink);
    return darkest_paper - lightest_ink;
  };
  ASSERT_LT(gap(text.gray), 0) << "one threshold would do";
  EXPECT_GT(gap(output(subtract_rolling_ball(), text.gray, {})), 20);
}

}  // namespace
}  // namespace ocrtune
