#include <gtest/gtest.h>

#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/stage_runs.h"

namespace ocrtune {
namespace {

using test::output;
using test::same_pixels;

// Without text, letters count as 20 px high: 0.015 of 400 is 6 px, 0.005 is 2 px.

TEST(Despeckle, TakesSpecksOfEitherKindThatAreSmallerThanSaid) {
  cv::Mat page(60, 80, CV_8UC1, cv::Scalar(200));
  page(cv::Rect(50, 10, 20, 40)).setTo(30);
  const cv::Mat clean = page.clone();
  page(cv::Rect(10, 10, 1, 5)).setTo(0);
  page.at<uchar>(30, 60) = 255;
  EXPECT_TRUE(same_pixels(output(despeckle(), page, {}), clean));
  page(cv::Rect(10, 20, 2, 3)).setTo(0);
  const cv::Mat out = output(despeckle(), page, {});
  EXPECT_EQ(out.at<uchar>(21, 10), 0);
  EXPECT_EQ(output(despeckle(), page, {{"dark", 0.016}}).at<uchar>(21, 10), 200);
}

TEST(Despeckle, OfNoAreaLeavesThePageAlone) {
  const cv::Mat gray = test::noise(60, 40, 3);
  EXPECT_TRUE(same_pixels(output(despeckle(), gray, {{"dark", 0}, {"light", 0}}), gray));
  const cv::Mat only_dark = output(despeckle(), gray, {{"light", 0}});
  EXPECT_GT(cv::countNonZero(only_dark > gray), 0);
  EXPECT_EQ(cv::countNonZero(only_dark < gray), 0);
  const cv::Mat only_light = output(despeckle(), gray, {{"dark", 0}});
  EXPECT_GT(cv::countNonZero(only_light < gray), 0);
  EXPECT_EQ(cv::countNonZero(only_light > gray), 0);
}

TEST(Despeckle, IsForTheNegativeTheNegativeButForCorners) {
  cv::Mat page(20, 20, CV_8UC1, cv::Scalar(100));
  page.at<uchar>(5, 5) = 0;
  page.at<uchar>(15, 15) = 255;
  const cv::Mat flat(20, 20, CV_8UC1, cv::Scalar(100));
  EXPECT_TRUE(same_pixels(output(despeckle(), page, {}), flat));
  // Two dark pixels that touch by their corners are one speck of 2 px, two light ones two of 1 px.
  page.at<uchar>(6, 6) = 0;
  page.at<uchar>(14, 14) = 255;
  const cv::Mat out = output(despeckle(), page, {{"dark", 0.005}, {"light", 0.005}});
  EXPECT_EQ(out.at<uchar>(5, 5), 0);
  EXPECT_EQ(out.at<uchar>(15, 15), 100);
}

}  // namespace
}  // namespace ocrtune
