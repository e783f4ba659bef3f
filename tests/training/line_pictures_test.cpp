#include "ocrtune/training/line_pictures.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "support/images.h"

namespace ocrtune::training {
namespace {

constexpr uchar kPaper = 200;

/// Paper with a dark bar at 100 to 200 by 60 to 75, and another one below it.
cv::Mat two_bars() {
  cv::Mat page(150, 300, CV_8U, cv::Scalar(kPaper));
  page(cv::Rect(100, 60, 100, 15)) = cv::Scalar(20);
  page(cv::Rect(100, 90, 100, 15)) = cv::Scalar(20);
  return page;
}

TrainingLine line_with(std::vector<Corner> outline) {
  return {.page = 0, .outline = std::move(outline), .text = "text"};
}

TrainingLine upper_bar() { return line_with({{90, 40}, {210, 40}, {210, 86}, {90, 86}}); }

TEST(LinePictures, WithoutDistortionAreThePagesPixels) {
  Distortion how;
  how.margin = 0;
  const cv::Mat page = test::noise(300, 150, 1);
  const cv::Mat picture = line_picture(page, upper_bar(), how);
  EXPECT_EQ(picture.size(), cv::Size(121, 47));
  EXPECT_TRUE(test::same_pixels(picture, page(cv::Rect(90, 40, 121, 47))));
}

TEST(LinePictures, WhatIsOutsideTheOutlineIsPaper) {
  Distortion how;
  how.margin = 0.2;
  const cv::Mat masked = line_picture(two_bars(), upper_bar(), how);
  how.masked = false;
  const cv::Mat whole = line_picture(two_bars(), upper_bar(), how);
  EXPECT_EQ(masked.size(), whole.size());
  EXPECT_LT(whole.at<uchar>(whole.rows - 1, 60), kPaper);
  const TrainingLine slanted = line_with({{90, 40}, {210, 40}, {210, 64}, {90, 86}});
  how.margin = 0;
  how.masked = true;
  const cv::Mat cut = line_picture(two_bars(), slanted, how);
  EXPECT_EQ(cut.at<uchar>(33, 105), kPaper);
  EXPECT_EQ(cut.at<uchar>(22, 30), 20);
}

TEST(LinePictures, AreLimited) {
  const cv::Mat page = test::noise(20'000, 1'000, 3);
  const cv::Mat tall = line_picture(page, line_with({{0, 0}, {900, 0}, {900, 900}}), {});
  EXPECT_EQ(tall.rows, kMostLineHeight);
  Distortion how;
  how.x_scale = 1.25;
  how.slope = 0.02;
  const cv::Mat wide = line_picture(page, line_with({{0, 0}, {20'000, 0}, {20'000, 30}}), how);
  EXPECT_LE(wide.cols, kMostLineWidth);
  EXPECT_LE(wide.rows, kMostLineHeight);
}

TEST(LinePictures, ShowTheWholeLineHoweverItIsMoved) {
  const double dark = static_cast<double>(cv::countNonZero(two_bars() < 100)) / 2;
  for (const double shear : {-0.2, 0.0, 0.2}) {
    for (const double slope : {-0.02, 0.0, 0.02}) {
      Distortion how;
      how.shear = shear;
      how.slope = slope;
      how.margin = 0;
      const cv::Mat picture = line_picture(two_bars(), upper_bar(), how);
      EXPECT_NEAR(cv::countNonZero(picture < 100), dark, dark / 20);
    }
  }
}

TEST(LinePictures, StrokesAreThickerThinnerOrBlackAndWhite) {
  const auto dark = [](Strokes strokes) {
    Distortion how;
    how.strokes = strokes;
    return cv::countNonZero(line_picture(two_bars(), upper_bar(), how) < 100);
  };
  EXPECT_GT(dark(Strokes::thicker), dark(Strokes::unchanged));
  EXPECT_LT(dark(Strokes::thinner), dark(Strokes::unchanged));
  Distortion how;
  how.strokes = Strokes::binarized;
  const cv::Mat picture = line_picture(test::noise(300, 150, 4), upper_bar(), how);
  EXPECT_EQ(cv::countNonZero((picture != 0) & (picture != 255)), 0);
}

TEST(LinePictures, NoiseHasItsDeviation) {
  Distortion how;
  how.noise = 10;
  const cv::Mat page(400, 1'000, CV_8U, cv::Scalar(128));
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(line_picture(page, line_with({{0, 0}, {1'000, 0}, {1'000, 150}}), how), mean,
                 deviation);
  EXPECT_NEAR(mean[0], 128, 0.2);
  EXPECT_NEAR(deviation[0], 10, 0.2);
}

TEST(Distortions, AreTheSameForTheSameLineAndVariant) {
  const cv::Mat page = two_bars();
  for (int variant = 0; variant < 40; ++variant) {
    const cv::Mat once = line_picture(page, upper_bar(), distortion(5, variant));
    EXPECT_TRUE(test::same_pixels(once, line_picture(page, upper_bar(), distortion(5, variant))));
  }
  EXPECT_NE(distortion(5, 1).shear, distortion(5, 2).shear);
  EXPECT_NE(distortion(5, 1).shear, distortion(6, 1).shear);
  EXPECT_EQ(distortion(5, 0).shear, 0);
  EXPECT_EQ(distortion(6, 0).strokes, Strokes::unchanged);
}

RC_GTEST_PROP(LinePictures, AreNeverEmpty, (std::uint64_t seed, std::uint8_t variant)) {
  const cv::Mat page = test::noise(*rc::gen::inRange(1, 200), *rc::gen::inRange(1, 100), seed);
  const auto near = rc::gen::inRange<std::int64_t>(-50, 250);
  const auto far = rc::gen::inRange<std::int64_t>(-kFarthestCorner, kFarthestCorner);
  const auto corners = *rc::gen::container<std::vector<Corner>>(
      rc::gen::build<Corner>(rc::gen::set(&Corner::x, rc::gen::oneOf(near, near, far)),
                             rc::gen::set(&Corner::y, rc::gen::oneOf(near, near, far))));
  const cv::Mat before = page.clone();
  const cv::Mat picture = line_picture(page, line_with(corners), distortion(seed, variant));
  RC_ASSERT(picture.type() == CV_8U);
  RC_ASSERT(picture.rows >= 1 && picture.rows <= kMostLineHeight);
  RC_ASSERT(picture.cols >= 1 && picture.cols <= kMostLineWidth);
  RC_ASSERT(test::same_pixels(page, before));
}

}  // namespace
}  // namespace ocrtune::training
