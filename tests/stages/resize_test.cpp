#include "ocrtune/stages/resize.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <opencv2/core.hpp>

#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

Values factor_of(double factor) {
  Values values;
  values.set("factor", factor);
  return values;
}

TEST(Rescale, OneLeavesThePageAlone) {
  const Image page{test::noise(70, 50, 1), {300, 200}};
  const Image out = apply(rescale(), page, factor_of(1));
  EXPECT_EQ(out.gray.data, page.gray.data);
  EXPECT_FALSE(out.sized);
}

TEST(Rescale, SizeResolutionAndPlaceFollow) {
  const Image out = apply(rescale(), {test::noise(70, 50, 1), {300, 200}}, factor_of(2.5));
  EXPECT_EQ(out.gray.size(), cv::Size(175, 125));
  EXPECT_DOUBLE_EQ(out.dpi.x, 750);
  EXPECT_DOUBLE_EQ(out.dpi.y, 500);
  EXPECT_TRUE(out.sized);
  const cv::Point2d corner = out.to_page({175, 125});
  EXPECT_DOUBLE_EQ(corner.x, 70);
  EXPECT_DOUBLE_EQ(corner.y, 50);
}

RC_GTEST_PROP(Rescale, AreasKeepTheirGrayLevel, ()) {
  const int level = *rc::gen::inRange(0, 256);
  const double factor = *rc::gen::inRange(10, 800) / 100.0;
  const cv::Size size{*rc::gen::inRange(1, 60), *rc::gen::inRange(1, 60)};
  const Image out = resized({cv::Mat(size, CV_8UC1, cv::Scalar(level)), {}}, factor);
  RC_ASSERT(cv::countNonZero(out.gray != level) == 0);
  RC_ASSERT(out.gray.cols == std::max(1, cvRound(size.width * factor)));
}

TEST(Rescale, ThereAndBackIsNearlyTheSame) {
  const cv::Mat page = test::scanned(200, 120, 3);
  const Image large = resized({page, {}}, 3);
  const Image back = resized(large, 1 / 3.0);
  ASSERT_EQ(back.gray.size(), page.size());
  EXPECT_LT(cv::norm(back.gray, page, cv::NORM_L1) / static_cast<double>(page.total()), 6);
}

TEST(Rescale, LargePagesDontGrowWithoutEnd) {
  const Image out = resized({cv::Mat(2000, 8000, CV_8UC1, cv::Scalar(9)), {}}, 8);
  EXPECT_NEAR(static_cast<double>(out.gray.total()), 32e6, 1e5);
  EXPECT_EQ(resized({cv::Mat(1, 32000, CV_8UC1, cv::Scalar(9)), {}}, 8).gray.cols, 32767);
}

TEST(RescaleXHeight, BringsTextToTheHeight) {
  const cv::Mat line = test::rendered("a sea of names no one sees");
  cv::Mat page(line.rows * 12, line.cols + 40, CV_8UC1, cv::Scalar(255));
  for (int i = 0; i < 6; ++i) line.copyTo(page({20, i * 2 * line.rows, line.cols, line.rows}));
  Values values;
  values.set("height", 20);
  for (const double before : {0.5, 1.0, 2.0}) {
    const Image in = resized({page, {}}, before);
    const Image out = apply(rescale_x_height(), in, values);
    EXPECT_NEAR(out.gray.cols, apply(rescale_x_height(), {page, {}}, values).gray.cols,
                0.12 * out.gray.cols)
        << before;
  }
}

TEST(RescaleXHeight, APageWithoutTextStays) {
  Values values;
  values.set("height", 20);
  const cv::Mat blank(80, 90, CV_8UC1, cv::Scalar(250));
  EXPECT_EQ(apply(rescale_x_height(), {blank, {}}, values).gray.size(), blank.size());
}

}  // namespace
}  // namespace ocrtune
