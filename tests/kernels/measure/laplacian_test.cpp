#include "ocrtune/kernels/measure/laplacian.h"

#include <gtest/gtest.h>

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

/// By the definition, from what OpenCV gives.
double opencv_variance(const cv::Mat& gray) {
  cv::Mat laplacian;
  cv::Laplacian(gray, laplacian, CV_16S);
  cv::Mat wide;
  laplacian.convertTo(wide, CV_64F);
  const auto n = static_cast<double>(gray.total());
  const double mean = cv::sum(wide)[0] / n;
  return wide.dot(wide) / n - mean * mean;
}

void expect_laplacian_as_opencv(const cv::Mat& gray) {
  SCOPED_TRACE(testing::Message() << gray.size());
  const double expected = opencv_variance(gray.clone());
  on_every_target([&] { EXPECT_EQ(laplacian_variance(gray), expected); });
}

TEST(LaplacianVariance, IsWhatOpenCvGivesForAnyImage) {
  cv::RNG rng(20240610);
  for (int round = 0; round < kernel_case_count() && !HasFailure(); ++round) {
    expect_laplacian_as_opencv(kernel_image(kernel_size(300, rng), round, rng));
  }
}

TEST(LaplacianVariance, IsWhatOpenCvGivesForEveryWidth) {
  cv::RNG rng(2);
  for (int width = 1; width <= 200; ++width) {
    for (const int height : {1, 2, 3}) {
      expect_laplacian_as_opencv(kernel_image({width, height}, kNoise, rng));
      expect_laplacian_as_opencv(kernel_image({height, width}, kBinary, rng));
    }
  }
}

TEST(LaplacianVariance, StaysExactOnTheLargestSums) {
  cv::Mat board(9, 70'000, CV_8UC1);
  for (int y = 0; y < board.rows; ++y) {
    for (int x = 0; x < board.cols; ++x) {
      board.at<uchar>(y, x) = static_cast<uchar>((x + y) % 2 * 255);
    }
  }
  expect_laplacian_as_opencv(board);
  EXPECT_EQ(laplacian_variance(board), 1020.0 * 1020.0);
}

TEST(LaplacianVariance, IsOfGrayImages) {
  EXPECT_THROW(laplacian_variance({}), cv::Exception);
  EXPECT_THROW(laplacian_variance(cv::Mat(8, 8, CV_8UC3)), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
