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

constexpr int kPaper = 230;

/// Prose whose last lines are left out.
cv::Mat half_page() {
  cv::Mat page = prose();
  page.rowRange(400, page.rows).setTo(kPaper);
  return page;
}

void dots(cv::Mat& page, int y, int from, int to, int step, cv::Size size = {3, 3}) {
  for (int x = from; x < to; x += step) page(cv::Rect({x, y}, size)).setTo(40);
}

TEST(RemoveLeaders, TakesRowsOfDots) {
  for (const int step : {6, 9, 17}) {
    cv::Mat page = half_page();
    dots(page, 450, 100, 700, step);
    EXPECT_TRUE(same_pixels(output(remove_leaders(), page), half_page())) << step;
  }
  cv::Mat page = half_page();
  dots(page, 450, 100, 700, 9);
  EXPECT_TRUE(same_pixels(output(remove_leaders(), page, {{"gap", 0}}), page));
}

TEST(RemoveLeaders, LeavesPagesWithoutThemAlone) {
  EXPECT_TRUE(same_pixels(output(remove_leaders(), prose()), prose()));
  const cv::Mat blank(50, 60, CV_8UC1, cv::Scalar(kPaper));
  EXPECT_TRUE(same_pixels(output(remove_leaders(), blank), blank));
}

TEST(RemoveLeaders, LeavesFewOrUnevenDots) {
  cv::Mat page = half_page();
  dots(page, 450, 100, 130, 10);  // an ellipsis
  for (const int x : {300, 305, 330, 334, 371, 380, 420, 424}) dots(page, 450, x, x + 1, 1);
  dots(page, 500, 100, 700, 60);           // far apart
  dots(page, 540, 100, 700, 14, {11, 2});  // dashes
  EXPECT_TRUE(same_pixels(output(remove_leaders(), page), page));
}

TEST(RemoveLeaders, LeavesDotMatrixPrint) {
  cv::Mat page = half_page();
  for (int row = 0; row < 4; ++row) dots(page, 450 + 5 * row, 100, 700, 6);
  EXPECT_TRUE(same_pixels(output(remove_leaders(), page), page));
}

}  // namespace
}  // namespace ocrtune
