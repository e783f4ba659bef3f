#include "ocrtune/kernels/measure/gray_statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <numeric>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <vector>

#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

int opencv_otsu(const cv::Mat& gray) {
  cv::Mat ink;
  return static_cast<int>(
      cv::threshold(gray, ink, 0, 255, cv::THRESH_BINARY_INV + cv::THRESH_OTSU));
}

Histogram plain_histogram(const cv::Mat& gray) {
  Histogram histogram{};
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) ++histogram.at(gray.at<uchar>(y, x));
  }
  return histogram;
}

void expect_statistics_as_opencv(const cv::Mat& gray) {
  SCOPED_TRACE(testing::Message() << gray.size());
  const cv::Mat alone = gray.clone();
  EXPECT_EQ(histogram(gray), plain_histogram(alone));
  EXPECT_EQ(otsu_threshold(gray), opencv_otsu(alone));
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(alone, mean, deviation);
  const auto sum = static_cast<std::int64_t>(cv::sum(alone)[0]);
  const auto squares = static_cast<std::int64_t>(alone.dot(alone));
  on_every_target([&] {
    const GraySums sums = gray_sums(gray);
    EXPECT_EQ(sums.count, static_cast<std::int64_t>(alone.total()));
    EXPECT_EQ(sums.sum, sum);
    EXPECT_EQ(sums.squares, squares);
    EXPECT_EQ(sums.mean(), mean[0]);
    EXPECT_EQ(sums.deviation(), deviation[0]);
  });
}

TEST(GrayStatistics, AreWhatOpenCvGivesForAnyImage) {
  cv::RNG rng(20240609);
  for (int round = 0; round < kernel_case_count() && !HasFailure(); ++round) {
    expect_statistics_as_opencv(kernel_image(kernel_size(300, rng), round, rng));
  }
}

TEST(GrayStatistics, AreWhatOpenCvGivesForFewLevels) {
  // Ties between thresholds, and classes so small that OpenCV leaves them out.
  cv::RNG rng(2);
  for (int round = 0; round < 3000 && !HasFailure(); ++round) {
    cv::Mat image(kernel_size(40, rng), CV_8UC1);
    rng.fill(image, cv::RNG::UNIFORM, 0, rng.uniform(2, 5));
    image *= rng.uniform(1, 64);
    expect_statistics_as_opencv(image);
  }
  cv::Mat nearly_flat(3000, 3000, CV_8UC1, cv::Scalar(200));
  nearly_flat.at<uchar>(1, 1) = 3;
  expect_statistics_as_opencv(nearly_flat);
  nearly_flat.row(5).setTo(90);
  expect_statistics_as_opencv(nearly_flat);
}

TEST(GrayStatistics, StayExactOnTheLargestSums) {
  for (const int level : {254, 255}) {
    expect_statistics_as_opencv(cv::Mat(3000, 3001, CV_8UC1, cv::Scalar(level)));
  }
}

TEST(GrayStatistics, OfSomeLevelsAreThoseOfTheirPixels) {
  cv::RNG rng(3);
  for (int round = 0; round < 500; ++round) {
    const cv::Mat gray = kernel_image(kernel_size(60, rng), round, rng).clone();
    const int first = rng.uniform(0, 256);
    const int last = rng.uniform(first, 256);
    std::vector<uchar> pixels;
    for (const uchar level : cv::Mat_<uchar>(gray)) {
      if (level >= first && level <= last) pixels.push_back(level);
    }
    const GraySums sums = gray_sums(histogram(gray), first, last);
    const GraySums expected = pixels.empty() ? GraySums{} : gray_sums(cv::Mat(pixels));
    EXPECT_EQ(sums.count, expected.count);
    EXPECT_EQ(sums.sum, expected.sum);
    EXPECT_EQ(sums.squares, expected.squares);
  }
}

TEST(GrayStatistics, OfNothingAreZero) {
  EXPECT_EQ(GraySums{}.mean(), 0);
  EXPECT_EQ(GraySums{}.deviation(), 0);
  EXPECT_EQ(gray_sums(Histogram{}, 0, 255).count, 0);
}

TEST(GrayStatistics, AreOfGrayImages) {
  EXPECT_THROW(histogram(cv::Mat(8, 8, CV_8UC3)), cv::Exception);
  EXPECT_THROW(gray_sums(cv::Mat(8, 8, CV_16UC1)), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
