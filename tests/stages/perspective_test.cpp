#include <gtest/gtest.h>

#include <array>
#include <opencv2/imgproc.hpp>

#include "ocrtune/kernels/measure/skew.h"
#include "support/images.h"
#include "support/letters_pages.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

cv::Mat photograph() {
  const std::array<cv::Point2f, 4> from{{{0, 0}, {900, 0}, {900, 600}, {0, 600}}};
  const std::array<cv::Point2f, 4> to{{{140, 90}, {1010, 150}, {1110, 840}, {60, 760}}};
  return test::seen_through(test::prose(), cv::getPerspectiveTransform(from.data(), to.data()),
                            {1200, 900}, 80);
}

TEST(Perspective, MakesTheSheetRectangularAndSaysWhereThingsWere) {
  const cv::Mat page = photograph();
  const Image out = apply(perspective(), {page, {}}, test::values_of(perspective()));
  EXPECT_NEAR(out.gray.cols, 1053, 4);
  EXPECT_NEAR(out.gray.rows, 698, 4);
  EXPECT_LT(test::misplacement(out.gray, page, out.to_page), 2);
  EXPECT_LT(std::abs(text_skew(letter_boxes(out.gray)).slope), 0.003);
  // The prose itself, enlarged.
  cv::Mat expected;
  cv::resize(test::prose(), expected, out.gray.size());
  EXPECT_LT(cv::norm(out.gray, expected, cv::NORM_L1) / static_cast<double>(expected.total()), 8);
  EXPECT_TRUE(same_pixels(output(perspective(), out.gray), out.gray));
}

TEST(Perspective, LeavesTheRestAlone) {
  const cv::Mat page = photograph();
  EXPECT_TRUE(same_pixels(output(perspective(), page, {{"least_share", 1}}), page));
  EXPECT_TRUE(same_pixels(output(perspective(), page, {{"least_share", 0.65}}), page));
  EXPECT_FALSE(same_pixels(output(perspective(), page, {{"least_share", 0.55}}), page));
  EXPECT_TRUE(same_pixels(output(perspective(), test::prose()), test::prose()));
}

}  // namespace
}  // namespace ocrtune
