#include "ocrtune/kernels/measure/paper_level.h"

#include <gtest/gtest.h>

#include "support/images.h"
#include "support/letters_pages.h"

namespace ocrtune {
namespace {

TEST(PaperLevel, IsTheMedianOfTheGreaterSide) {
  EXPECT_EQ(paper_level(test::prose()), 230);
  EXPECT_EQ(paper_level(255 - test::prose()), 25);
  EXPECT_EQ(paper_level(test::levels({0, 10, 200, 210, 220, 230, 240})), 220);
  EXPECT_EQ(paper_level(test::levels({20, 21, 23, 200, 210})), 21);
  for (const int level : {0, 7, 255})
    EXPECT_EQ(paper_level(cv::Mat(3, 2, CV_8UC1, cv::Scalar(level))), level);
  EXPECT_THROW((void)paper_level({}), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
