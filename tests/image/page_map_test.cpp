#include "ocrtune/image/page_map.h"

#include <gtest/gtest.h>

namespace ocrtune {
namespace {

const cv::Matx33d kTwice(2, 0, 0, 0, 2, 0, 0, 0, 1);
const cv::Matx33d kAside(1, 0, 5, 0, 1, -3, 0, 0, 1);

Bend bend() { return {.size = {100, 200}, .known = {10, 20, 80, 160}, .weights = {3, 0, 5, 2}}; }

TEST(PageMap, IsTheIdentityUnlessSaid) {
  EXPECT_TRUE(PageMap().is_identity());
  EXPECT_TRUE(PageMap(cv::Matx33d::eye()).is_identity());
  EXPECT_EQ(PageMap()({3, 4}), cv::Point2d(3, 4));
  EXPECT_FALSE(PageMap(kTwice).is_identity());
}

TEST(PageMap, DividesByTheThirdCoordinate) {
  EXPECT_EQ(PageMap(cv::Matx33d(1, 0, 0, 0, 1, 0, 0.25, 0, 1))({4, 6}), cv::Point2d(2, 3));
}

TEST(PageMap, BendsByThePolynomialOfThePlace) {
  // At (75, 150) both places are 0.5: 3/2 + 5/4 + 2/8.
  EXPECT_EQ(PageMap(bend())({75, 150}), cv::Point2d(75, 153));
  EXPECT_EQ(PageMap(bend())({50, 7}), cv::Point2d(50, 7));
  EXPECT_DOUBLE_EQ(bend().at({99, 100}), bend().at({90, 100}));
  EXPECT_DOUBLE_EQ(bend().at({75, 0}), bend().at({75, 20}));
}

TEST(PageMap, GoesOneStepAfterTheOther) {
  EXPECT_EQ(PageMap(kTwice).then(kAside)({1, 10}), cv::Point2d(7, 17));
  EXPECT_EQ(PageMap(kAside).then(kTwice)({1, 10}), cv::Point2d(12, 14));
  EXPECT_EQ(PageMap(bend()).then(kTwice)({75, 150}), cv::Point2d(150, 306));
  EXPECT_EQ(PageMap(kAside).then(bend())({70, 153}), cv::Point2d(75, 153));
  const PageMap all = PageMap(kTwice).then(kAside).then(bend()).then(kAside);
  EXPECT_EQ(all({35, 76.5}), cv::Point2d(80, 150));
  EXPECT_EQ(PageMap().then(bend()).then({})({75, 150}), cv::Point2d(75, 153));
}

}  // namespace
}  // namespace ocrtune
