#include "ocrtune/metrics/page_features.h"

#include <gtest/gtest.h>

#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/letters_pages.h"

namespace ocrtune {
namespace {

cv::Mat with_noise(const cv::Mat& gray, double deviation) {
  cv::RNG random(7);
  cv::Mat noise(gray.size(), CV_32F);
  random.fill(noise, cv::RNG::NORMAL, 0, deviation);
  cv::Mat noisy;
  gray.convertTo(noisy, CV_32F);
  noisy += noise;
  noisy.convertTo(noisy, CV_8U);
  return noisy;
}

PageFeatures features_of(const cv::Mat& gray) { return page_features({.gray = gray}); }

TEST(PageFeatures, TheNoiseIsMeasured) {
  cv::Mat ramp(300, 400, CV_8U);
  for (int x = 0; x < ramp.cols; ++x) ramp.col(x).setTo(100 + x / 8);
  EXPECT_LT(noise_deviation(ramp), 0.5);
  for (const double deviation : {2.0, 5.0, 12.0})
    EXPECT_NEAR(noise_deviation(with_noise(ramp, deviation)), deviation, 0.1 * deviation);
  EXPECT_EQ(noise_deviation(cv::Mat(2, 9, CV_8U, 7.0)), 0);
}

TEST(PageFeatures, TellKindsOfPagesApart) {
  const cv::Mat page = test::prose();
  const PageFeatures plain = features_of(page);
  EXPECT_EQ(plain.pixels, 900 * 600);
  EXPECT_DOUBLE_EQ(plain.aspect, 600.0 / 900);
  EXPECT_EQ(plain.paper, 230);
  EXPECT_GT(plain.letters, 300);
  EXPECT_GT(plain.x_height, 7);
  EXPECT_LT(plain.x_height, 19);
  EXPECT_EQ(plain.ruling, 0);
  EXPECT_EQ(plain.colour, 0);

  cv::Mat ruled = page.clone();
  for (int y = 20; y < ruled.rows; y += 60) cv::line(ruled, {0, y}, {899, y}, 60, 2);
  EXPECT_GT(features_of(ruled).ruling, 0.01);

  EXPECT_LT(plain.skew, 0.005);
  EXPECT_NEAR(features_of(test::turned(page, 3)).skew, std::tan(3 * CV_PI / 180), 0.01);

  cv::Mat shaded;
  page.convertTo(shaded, CV_32F);
  for (int x = 0; x < shaded.cols; ++x) shaded.col(x) *= 1 - 0.4 * x / shaded.cols;
  shaded.convertTo(shaded, CV_8U);
  EXPECT_GT(features_of(shaded).unevenness, plain.unevenness + 10);

  const PageFeatures empty = features_of(cv::Mat(600, 900, CV_8U, 230.0));
  EXPECT_EQ(empty.letters, 0);
  EXPECT_EQ(empty.x_height, 0);
  EXPECT_LT(empty.contrast, plain.contrast);
}

TEST(PageFeatures, OfAWidePageAreThoseOfTheSamePageInPixelsOfTheFile) {
  const cv::Mat page = test::prose();
  cv::Mat large;
  cv::resize(page, large, {}, 4, 4, cv::INTER_CUBIC);
  const PageFeatures small = features_of(page);
  const PageFeatures wide = features_of(large);
  EXPECT_NEAR(wide.x_height, 4 * small.x_height, 0.2 * 4 * small.x_height);
  EXPECT_NEAR(wide.letters, small.letters, 0.1 * small.letters);
  EXPECT_NEAR(wide.spread_x, small.spread_x, 0.02);
}

TEST(PageFeatures, OfAnyImage) {
  for (const cv::Size size :
       {cv::Size(1, 1), cv::Size(1, 40), cv::Size(40, 1), cv::Size(5000, 2)}) {
    for (const double value : page_features({.gray = test::noise(size.width, size.height, 3),
                              .colour = test::coloured(size.width, size.height, 3)})
                                  .values())
      EXPECT_TRUE(std::isfinite(value)) << size;
  }
  EXPECT_GT(
      page_features({.gray = test::noise(40, 40, 1), .colour = test::coloured(40, 40, 1)}).colour,
      50);
}

}  // namespace
}  // namespace ocrtune
