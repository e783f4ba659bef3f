#include "ocrtune/kernels/filter/bilateral.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/core.hpp>

#include "ocrtune/kernels/filter/steady_power.h"
#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/repetitions.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

/// The mean around a pixel, with a weight(squared distance, difference of levels).
template <typename Number, typename Weight>
Number mean_around(const cv::Mat& gray, int x, int y, int reach, const Weight& weight) {
  const auto level = [&](int row, int column) {
    return static_cast<Number>(gray.at<std::uint8_t>(std::clamp(row, 0, gray.rows - 1),
                                                     std::clamp(column, 0, gray.cols - 1)));
  };
  Number sum = 0;
  Number weights = 0;
  for (int dy = -reach; dy <= reach; ++dy) {
    for (int dx = -reach; dx <= reach; ++dx) {
      const int square = dx * dx + dy * dy;
      if (square > reach * reach) continue;
      const Number there = level(y + dy, x + dx);
      const Number w = weight(square, there - level(y, x));
      weights += w;
      sum += w * there;
    }
  }
  return sum / weights;
}

/// The header's formula, one operation after the other.
cv::Mat plain_bilateral(const cv::Mat& gray, double space, double level) {
  const auto falloff = static_cast<float>(1 / (64 * level * level));
  const auto weight = [&](int square, float difference) {
    float near = std::max(1.0F - difference * difference * falloff, 0.0F);
    for (int i = 0; i < 5; ++i) near *= near;
    return near * static_cast<float>(steady_decay(square / (2 * space * space)));
  };
  const int reach = static_cast<int>(std::ceil(2 * space));
  cv::Mat out(gray.size(), CV_8UC1);
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      const float mean = mean_around<float>(gray, x, y, reach, weight);
      out.at<std::uint8_t>(y, x) = static_cast<std::uint8_t>(mean + 0.5F);
    }
  }
  return out;
}

double any_space(cv::RNG& rng) {
  return rng.uniform(0, 20) == 0 ? rng.uniform(3.0, 16.0) : rng.uniform(0.1, 3.0);
}

TEST(BilateralFilter, IsItsFormulaForAnyImageOnEveryInstructionSet) {
  cv::RNG rng(20250101);
  const int rounds = repetitions(150, 50, 15);
  for (int round = 0; round < rounds && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(100, rng), round, rng);
    const double space = any_space(rng);
    const double level = rng.uniform(0.1, 100.0);
    SCOPED_TRACE(testing::Message() << gray.size() << " space " << space << " level " << level);
    const cv::Mat expected = plain_bilateral(gray, space, level);
    on_every_target(
        [&] { EXPECT_TRUE(same_pixels(bilateral_filter(gray, space, level), expected)); });
  }
}

/// Tomasi & Manduchi's weights, Gaussians both.
TEST(BilateralFilter, IsNearToTheGaussianOne) {
  const cv::Mat gray = scanned(120, 80, 5);
  for (const double level : {8.0, 30.0, 90.0}) {
    constexpr double kSpace = 1.7;
    const cv::Mat out = bilateral_filter(gray, kSpace, level);
    const auto weight = [&](int square, double difference) {
      return std::exp(-square / (2 * kSpace * kSpace) -
                      difference * difference / (2 * level * level));
    };
    double largest = 0;
    double sum = 0;
    for (int y = 0; y < gray.rows; ++y) {
      for (int x = 0; x < gray.cols; ++x) {
        const double off =
            std::abs(out.at<std::uint8_t>(y, x) - mean_around<double>(gray, x, y, 4, weight));
        largest = std::max(largest, off);
        sum += off;
      }
    }
    EXPECT_LT(largest, 6) << level;
    EXPECT_LT(sum / static_cast<double>(gray.total()), 0.5) << level;
  }
}

TEST(BilateralFilter, SmoothsTheGroundAndKeepsTheEdge) {
  cv::RNG rng(3);
  cv::Mat page(60, 80, CV_8UC1);
  rng.fill(page.colRange(0, 40), cv::RNG::NORMAL, 60, 6);
  rng.fill(page.colRange(40, 80), cv::RNG::NORMAL, 200, 6);
  const cv::Mat out = bilateral_filter(page, 2, 25);
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(out.colRange(0, 40), mean, deviation);
  EXPECT_NEAR(mean[0], 60, 1);
  EXPECT_LT(deviation[0], 2.5);
  cv::meanStdDev(out.colRange(40, 41), mean, deviation);
  EXPECT_NEAR(mean[0], 200, 2);
}

TEST(BilateralFilter, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  EXPECT_THROW(bilateral_filter({}, 1, 10), cv::Exception);
  EXPECT_THROW(bilateral_filter(cv::Mat(8, 8, CV_8UC3), 1, 10), cv::Exception);
  EXPECT_THROW(bilateral_filter(gray, 0, 10), cv::Exception);
  EXPECT_THROW(bilateral_filter(gray, 17, 10), cv::Exception);
  EXPECT_THROW(bilateral_filter(gray, 1, 0), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
