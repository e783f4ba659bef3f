#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/letters_pages.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::prose;
using test::same_pixels;

/// Prose with black strips of these widths.
cv::Mat bordered(int left, int top, int right) {
  cv::Mat page = prose();
  page.colRange(0, left).setTo(12);
  page.rowRange(0, top).setTo(12);
  page.colRange(page.cols - right, page.cols).setTo(12);
  return page;
}

TEST(ClearBorders, PaintsThemAndNothingElse) {
  const cv::Mat page = bordered(25, 30, 8);
  const cv::Mat out = output(clear_borders(), page);
  EXPECT_TRUE(same_pixels(out, prose()));
  EXPECT_TRUE(same_pixels(output(clear_borders(), out), out));
}

TEST(ClearBorders, TakesTheirSoftRims) {
  cv::Mat page = bordered(20, 0, 0);
  for (int x = 20; x < 28; ++x) page.col(x).setTo(20 + 25 * (x - 20));
  const cv::Mat out = output(clear_borders(), page);
  EXPECT_LT(cv::norm(out, prose(), cv::NORM_INF), 32);
  EXPECT_GT(cv::norm(page, prose(), cv::NORM_INF), 200);
}

TEST(ClearBorders, LeavesPagesWithoutThemAlone) {
  EXPECT_TRUE(same_pixels(output(clear_borders(), prose()), prose()));
  const cv::Mat negative = 255 - prose();
  EXPECT_TRUE(same_pixels(output(clear_borders(), negative), negative));
  // Wider than the margin.
  const cv::Mat wide = bordered(200, 0, 0);
  EXPECT_TRUE(same_pixels(output(clear_borders(), wide), wide));
  EXPECT_FALSE(same_pixels(output(clear_borders(), wide, {{"margin", 0.3}}), wide));
  const cv::Mat narrow = bordered(25, 0, 0);
  EXPECT_TRUE(same_pixels(output(clear_borders(), narrow, {{"margin", 0}}), narrow));
}

TEST(ClearBorders, LeavesPrintThatTouchesTheEdges) {
  cv::Mat page = prose();
  cv::putText(page, "cut off", {-6, 40}, cv::FONT_HERSHEY_SIMPLEX, 0.6, 40, 2);
  page(cv::Rect(600, 0, 20, 30)).setTo(40);
  EXPECT_TRUE(same_pixels(output(clear_borders(), page), page));
}

TEST(ClearBorders, LeavesBarsOfLightLetters) {
  cv::Mat page = prose();
  page.rowRange(0, 40).setTo(12);
  EXPECT_FALSE(same_pixels(output(clear_borders(), page), page));
  cv::putText(page, "HEADING", {60, 30}, cv::FONT_HERSHEY_SIMPLEX, 0.8, 240, 2);
  EXPECT_TRUE(same_pixels(output(clear_borders(), page), page));
}

}  // namespace
}  // namespace ocrtune
