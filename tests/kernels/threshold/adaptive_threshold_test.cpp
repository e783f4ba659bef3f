#include "ocrtune/kernels/threshold/adaptive_threshold.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>
#include <thread>
#include <vector>

#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/repetitions.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

cv::Mat opencv_threshold(const cv::Mat& gray, int block, double c) {
  cv::Mat out;
  cv::adaptiveThreshold(gray, out, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C, cv::THRESH_BINARY, block,
                        c);
  return out;
}

void expect_threshold_as_opencv(const cv::Mat& gray, int block, double c) {
  SCOPED_TRACE(testing::Message() << gray.size() << " block " << block << " c " << c);
  const cv::Mat expected = opencv_threshold(gray.clone(), block, c);
  on_every_target(
      [&] { EXPECT_TRUE(same_pixels(adaptive_threshold_gaussian(gray, block, c), expected)); });
}

double any_c(int round, cv::RNG& rng) {
  switch (round % 5) {
    case 0:
      return rng.uniform(-255, 256);
    case 1:
      return rng.uniform(-255.0, 255.0);
    case 2:
      return rng.uniform(-30, 31);
    default:
      return rng.uniform(-5.0, 30.0);
  }
}

TEST(AdaptiveThresholdGaussian, IsWhatOpenCvGivesForAnySmallImage) {
  cv::RNG rng(20240803);
  for (int round = 0; round < kernel_case_count() && !HasFailure(); ++round) {
    const int block = 2 * rng.uniform(round % 16 == 0 ? 1 : 15, 151) + 1;
    // Five kinds of c for each of the contents.
    expect_threshold_as_opencv(kernel_image(kernel_size(150, rng), round / 5, rng), block,
                               any_c(round, rng));
  }
}

TEST(AdaptiveThresholdGaussian, IsWhatOpenCvGivesForAnyBlock) {
  cv::RNG rng(2);
  const int step = 2 * repetitions(1, 1, 4);
  for (int block = 3; block <= 2001 && !HasFailure(); block += step * (block < 101 ? 1 : 19)) {
    for (const int content : {int{kNoise}, int{kSmooth}, int{kScan}}) {
      expect_threshold_as_opencv(kernel_image(kernel_size(60, rng), content, rng), block,
                                 rng.uniform(-10.0, 20.0));
    }
  }
  expect_threshold_as_opencv(kernel_image({50, 40}, kScan, rng), 2001, 5);
}

TEST(AdaptiveThresholdGaussian, IsWhatOpenCvGivesForPagesAndTheirParts) {
  std::vector<int> blocks{31, 351, 61, 121, 201};
  blocks.resize(static_cast<std::size_t>(repetitions(5, 5, 2)));
  for (const int block : blocks) {
    for (const double c : {-255.0, -3.5, 0.0, 0.5, 10.0, 15.0, 25.0, 254.5, 255.0}) {
      const cv::Mat page = scanned(500, 300, static_cast<std::uint64_t>(block));
      expect_threshold_as_opencv(page, block, c);
      expect_threshold_as_opencv(page({13, 27, 301, 211}), block, c);
    }
  }
}

/// Means of stripes and checkerboards are halves but for rounding errors, so that each pixel's
/// decision is OpenCV's last bit.
TEST(AdaptiveThresholdGaussian, IsWhatOpenCvGivesForTies) {
  cv::RNG rng(3);
  const int rounds = repetitions(60, 60, 15);
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    const int low = rng.uniform(0, 250);
    const int high = low + 1 + 2 * rng.uniform(0, (255 - low + 1) / 2);
    cv::Mat image(rng.uniform(2, 90), rng.uniform(2, 160), CV_8UC1);
    for (int y = 0; y < image.rows; ++y) {
      for (int x = 0; x < image.cols; ++x) {
        const bool odd = (x + (round % 2 == 0 ? y : 0)) % 2 == 1;
        image.at<uchar>(y, x) = static_cast<uchar>(odd ? high : low);
      }
    }
    const int block = 2 * rng.uniform(15, 40) + 1;
    // mean = (low + high) / 2, and a pixel is a tie where it is pixel + c - 1/2.
    const int half = (high - low + 1) / 2;
    for (const int c : {half, 1 - half, half + 1, half - 1})
      expect_threshold_as_opencv(image, block, c);
  }
}

/// A few ties only, so that they are decided one by one, in the page and at its borders.
TEST(AdaptiveThresholdGaussian, IsWhatOpenCvGivesForAFewTies) {
  cv::RNG rng(4);
  const int rounds = repetitions(60, 60, 15);
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    const int block = 2 * rng.uniform(15, 40) + 1;
    cv::Mat image(block + rng.uniform(20, 90), block + rng.uniform(20, 90), CV_8UC1);
    rng.fill(image, cv::RNG::UNIFORM, 180, 256);
    const cv::Size size(block + 2, block + 2);
    const bool at_border = round % 3 == 0;
    const int left = at_border ? image.cols - size.width : rng.uniform(0, image.cols - size.width);
    const cv::Rect where(cv::Point(left, rng.uniform(0, image.rows - size.height)), size);
    for (int x = where.x; x < where.br().x; ++x) {
      image(where).col(x - where.x).setTo(x % 2 == 0 ? 100 : 101);
    }
    expect_threshold_as_opencv(image, block, 1);
    expect_threshold_as_opencv(image, block, 0);
    cv::Mat turned;
    cv::transpose(image, turned);
    expect_threshold_as_opencv(turned, block, 1);
  }
}

TEST(AdaptiveThresholdGaussian, IsWhatOpenCvGivesForSlopesAndFlats) {
  for (const int block : {31, 61, 121}) {
    for (int c = -2; c <= 2; ++c) {
      cv::Mat slope(140, 256, CV_8UC1);
      for (int x = 0; x < slope.cols; ++x) slope.col(x).setTo(x);
      expect_threshold_as_opencv(slope, block, c);
      expect_threshold_as_opencv(cv::Mat(90, 140, CV_8UC1, cv::Scalar(255)), block, c);
      expect_threshold_as_opencv(cv::Mat(90, 140, CV_8UC1, cv::Scalar(0)), block, c);
      expect_threshold_as_opencv(cv::Mat(90, 140, CV_8UC1, cv::Scalar(77)), block, c);
    }
  }
}

TEST(AdaptiveThresholdGaussian, LeavesItsInputAloneAndRunsOnManyThreadsAtOnce) {
  cv::RNG rng(5);
  const cv::Mat page = kernel_image({220, 190}, kScan, rng).clone();
  const cv::Mat before = page.clone();
  const cv::Mat expected = opencv_threshold(page, 61, 15);
  std::vector<cv::Mat> results(4);
  std::vector<std::thread> threads;
  threads.reserve(results.size());
  for (cv::Mat& result : results) {
    threads.emplace_back([&] { result = adaptive_threshold_gaussian(page, 61, 15); });
  }
  for (std::thread& thread : threads) thread.join();
  for (const cv::Mat& result : results) EXPECT_TRUE(same_pixels(result, expected));
  EXPECT_TRUE(same_pixels(page, before));
}

TEST(AdaptiveThresholdGaussian, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(adaptive_threshold_gaussian({}, 31, 5), cv::Exception);
  EXPECT_THROW(adaptive_threshold_gaussian(cv::Mat(8, 8, CV_8UC3), 31, 5), cv::Exception);
  for (const int block : {-1, 0, 1, 30, 2003}) {
    EXPECT_THROW(adaptive_threshold_gaussian(gray, block, 5), cv::Exception) << block;
  }
  for (const double c : {-255.5, 256.0, std::nan("")}) {
    EXPECT_THROW(adaptive_threshold_gaussian(gray, 31, c), cv::Exception) << c;
  }
}

}  // namespace
}  // namespace ocrtune
