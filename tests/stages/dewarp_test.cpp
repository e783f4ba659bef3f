#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/measure/skew.h"
#include "ocrtune/kernels/measure/text_bend.h"
#include "support/images.h"
#include "support/letters_pages.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::prose;
using test::same_pixels;

/// Prose whose lines go down to the left by `depth` px as near the fold of a book, and less so
/// further down on the page.
cv::Mat book(double depth) {
  const cv::Mat page = prose();
  cv::Mat x(page.size(), CV_32FC1);
  cv::Mat y(page.size(), CV_32FC1);
  for (int row = 0; row < page.rows; ++row) {
    for (int column = 0; column < page.cols; ++column) {
      const double from_right = 1 - static_cast<double>(column) / page.cols;
      const double shift = depth * std::pow(from_right, 3) * (1 - 0.5 * row / page.rows);
      x.at<float>(row, column) = static_cast<float>(column);
      y.at<float>(row, column) = static_cast<float>(row - shift);
    }
  }
  cv::Mat out;
  cv::remap(page, out, x, y, cv::INTER_LINEAR, cv::BORDER_CONSTANT, cv::Scalar(230));
  return out;
}

double bend_of(const cv::Mat& page) {
  const auto found = text_bend(letter_boxes(page), page.size());
  return found ? found->most : -1;
}

TEST(TextBend, IsThatOfThePage) {
  EXPECT_NEAR(bend_of(prose()), 0, 1);
  EXPECT_NEAR(bend_of(test::turned(prose(), 1.5)), 0, 2);
  EXPECT_GT(bend_of(book(30)), 8);
  EXPECT_FALSE(text_bend({}, {10, 10}));
}

TEST(Dewarp, LevelsBentLinesAndSaysWhereThingsWere) {
  for (const double depth : {20.0, 30.0, 45.0}) {
    SCOPED_TRACE(depth);
    const cv::Mat page = book(depth);
    const Image out = apply(dewarp(), {page, {300, 200}}, test::values_of(dewarp()));
    EXPECT_FALSE(out.to_page.is_identity());
    EXPECT_EQ(out.gray.size(), page.size());
    EXPECT_EQ(out.dpi.y, 200);
    EXPECT_LT(test::misplacement(out.gray, page, out.to_page), 3);
    EXPECT_LT(bend_of(out.gray), 2.5);
    EXPECT_LT(std::abs(text_skew(letter_boxes(out.gray)).slope), 0.002);
    EXPECT_TRUE(same_pixels(output(dewarp(), out.gray), out.gray));
  }
}

TEST(Dewarp, LeavesTheRestAlone) {
  EXPECT_TRUE(same_pixels(output(dewarp(), prose()), prose()));
  const cv::Mat turned = test::turned(prose(), 2);
  EXPECT_TRUE(same_pixels(output(dewarp(), turned), turned));
  const cv::Mat bent = book(30);
  EXPECT_TRUE(same_pixels(output(dewarp(), bent, {{"most_bend", 0}}), bent));
  EXPECT_TRUE(same_pixels(output(dewarp(), bent, {{"least_bend", 20}, {"most_bend", 100}}), bent));
  const cv::Mat noise = test::noise(400, 300, 8);
  EXPECT_TRUE(same_pixels(output(dewarp(), noise), noise));
}

}  // namespace
}  // namespace ocrtune
