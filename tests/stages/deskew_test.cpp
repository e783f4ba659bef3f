#include <gtest/gtest.h>

#include <opencv2/core.hpp>

#include "ocrtune/kernels/measure/skew.h"
#include "support/images.h"
#include "support/letters_pages.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::prose;
using test::same_pixels;
using test::turned;

TEST(Deskew, LevelsThePageAndSaysWhereThingsWere) {
  for (const double angle : {0.7, -1.4, 4.2}) {
    SCOPED_TRACE(angle);
    const cv::Mat page = turned(prose(), angle);
    const Image out = apply(deskew(), {page, {300, 200}}, test::values_of(deskew()));
    EXPECT_EQ(out.gray.size(), page.size());
    EXPECT_EQ(out.dpi.y, 200);
    EXPECT_LT(std::abs(text_skew(letter_boxes(out.gray)).slope), 0.0012);
    EXPECT_LT(test::misplacement(out.gray, page, out.to_page), 2);
    EXPECT_NEAR(out.gray.at<uchar>(0, 0), 230, 1);
  }
}

TEST(Deskew, LeavesALevelledPageAlone) {
  const cv::Mat once = output(deskew(), turned(prose(), 2.3));
  EXPECT_TRUE(same_pixels(output(deskew(), once), once));
  EXPECT_TRUE(same_pixels(output(deskew(), prose()), prose()));
}

TEST(Deskew, LeavesPagesBeyondItsLimitAlone) {
  const cv::Mat page = turned(prose(), 2);
  EXPECT_TRUE(same_pixels(output(deskew(), page, {{"most_angle", 1.8}}), page));
  EXPECT_FALSE(same_pixels(output(deskew(), page, {{"most_angle", 2.2}}), page));
  EXPECT_TRUE(same_pixels(output(deskew(), page, {{"most_angle", 0}}), page));
}

TEST(Deskew, LeavesWhatIsNoTextAlone) {
  const cv::Mat noise = test::noise(400, 300, 8);
  EXPECT_TRUE(same_pixels(output(deskew(), noise), noise));
}

}  // namespace
}  // namespace ocrtune
