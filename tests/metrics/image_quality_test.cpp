#include "ocrtune/metrics/image_quality.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include "ocrtune/base/random.h"
#include "ocrtune/kernels/measure/laplacian.h"
#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using test::noise;
using test::scanned;

// The definitions in plain doubles.

struct Moments {
  double mean = 0;
  double variance = 0;
  std::size_t count = 0;
};

Moments moments_of(const std::vector<double>& values) {
  Moments result{.count = values.size()};
  if (values.empty()) return result;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) result.mean += value / n;
  for (const double value : values) {
    result.variance += (value - result.mean) * (value - result.mean) / n;
  }
  return result;
}

/// Reflected without repeating the edge.
int reflected(int i, int size) {
  if (size == 1) return 0;
  if (i < 0) return -i;
  return i < size ? i : 2 * size - 2 - i;
}

double plain_sharpness(const cv::Mat& gray) {
  std::vector<double> values;
  const auto at = [&](int y, int x) {
    return static_cast<double>(gray.at<uchar>(reflected(y, gray.rows), reflected(x, gray.cols)));
  };
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      values.push_back(at(y - 1, x) + at(y + 1, x) + at(y, x - 1) + at(y, x + 1) - 4 * at(y, x));
    }
  }
  return moments_of(values).variance;
}

std::vector<double> levels_of(const cv::Mat& gray, int from, int to) {
  std::vector<double> values;
  for (int y = 0; y < gray.rows; ++y) {
    for (int x = 0; x < gray.cols; ++x) {
      const int level = gray.at<uchar>(y, x);
      if (level >= from && level <= to) values.push_back(level);
    }
  }
  return values;
}

/// The threshold with the largest variance between the classes.
int otsu(const cv::Mat& gray) {
  int best = 0;
  double best_variance = -1;
  for (int threshold = 0; threshold < 255; ++threshold) {
    const Moments low = moments_of(levels_of(gray, 0, threshold));
    const Moments high = moments_of(levels_of(gray, threshold + 1, 255));
    const auto between = static_cast<double>(low.count) * static_cast<double>(high.count) *
                         (low.mean - high.mean) * (low.mean - high.mean);
    if (between > best_variance * (1 + 1e-9)) {
      best_variance = between;
      best = threshold;
    }
  }
  return best;
}

double plain_cnr(const cv::Mat& gray) {
  const int threshold = otsu(gray);
  const Moments ink = moments_of(levels_of(gray, 0, threshold));
  const Moments paper = moments_of(levels_of(gray, threshold + 1, 255));
  if (ink.count == 0 || paper.count == 0 || paper.mean - ink.mean <= 5) return 0;
  return (paper.mean - ink.mean) / (std::sqrt(paper.variance) + 0.1);
}

double opencv_contrast(const cv::Mat& gray) {
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(gray, mean, deviation);
  return deviation[0];
}

double opencv_cnr(const cv::Mat& gray) {
  cv::Mat foreground;
  cv::threshold(gray, foreground, 0, 255, cv::THRESH_BINARY_INV + cv::THRESH_OTSU);
  const int ink = cv::countNonZero(foreground);
  if (ink == 0 || ink == static_cast<int>(gray.total())) return 0;
  cv::Scalar mean;
  cv::Scalar deviation;
  cv::meanStdDev(gray, mean, deviation, ~foreground);
  const double difference = mean[0] - cv::mean(gray, foreground)[0];
  return difference > 5 ? difference / (deviation[0] + 0.1) : 0;
}

TEST(ImageQuality, IsBitForBitWhatOpenCvGives) {
  cv::RNG rng(20240611);
  for (int round = 0; round < test::kernel_case_count() && !HasFailure(); ++round) {
    const cv::Mat gray = test::kernel_image(test::kernel_size(200, rng), round, rng);
    SCOPED_TRACE(testing::Message() << gray.size());
    const double contrast_of_opencv = opencv_contrast(gray.clone());
    const double cnr_of_opencv = opencv_cnr(gray.clone());
    test::on_every_target([&] {
      EXPECT_EQ(contrast(gray), contrast_of_opencv);
      EXPECT_EQ(cnr(gray), cnr_of_opencv);
    });
  }
}

TEST(ImageQuality, IsAsDefined) {
  Random random(1);
  for (std::uint64_t seed = 0; seed < 12; ++seed) {
    const int width = random.integer(1, 60);
    const int height = random.integer(1, 50);
    const cv::Mat gray = seed % 2 == 0 ? noise(width, height, seed) : scanned(90, 60, seed);
    SCOPED_TRACE(testing::Message() << width << "x" << height << " seed " << seed);
    const double expected = plain_sharpness(gray);
    EXPECT_NEAR(sharpness(gray), expected, 1e-9 * (1 + expected));
    EXPECT_EQ(sharpness(gray), laplacian_variance(gray));
    EXPECT_NEAR(contrast(gray), std::sqrt(moments_of(levels_of(gray, 0, 255)).variance), 1e-9);
    EXPECT_NEAR(cnr(gray), plain_cnr(gray), 1e-6);
  }
}

TEST(ImageQuality, OfAFlatPageIsZero) {
  for (const int level : {0, 1, 128, 255}) {
    for (const cv::Size size : {cv::Size{1, 1}, cv::Size{30, 20}}) {
      const cv::Mat flat(size, CV_8UC1, cv::Scalar(level));
      EXPECT_EQ(sharpness(flat), 0);
      EXPECT_EQ(contrast(flat), 0);
      EXPECT_EQ(cnr(flat), 0);
    }
  }
}

TEST(ImageQuality, OfFaintInkIsZero) {
  cv::Mat page(20, 20, CV_8UC1, cv::Scalar(200));
  page(cv::Rect(0, 0, 10, 20)).setTo(195);
  EXPECT_EQ(cnr(page), 0);
  page(cv::Rect(0, 0, 10, 20)).setTo(194);
  EXPECT_NEAR(cnr(page), 60, 1e-9);  // 6 / (0 + 0.1)
}

TEST(ImageQuality, LooksOnlyAtThePixelsItIsGiven) {
  const cv::Mat gray = scanned(70, 50, 3);
  const cv::Mat part = test::as_part_of_larger(gray);
  EXPECT_EQ(sharpness(part), sharpness(gray));
  EXPECT_EQ(contrast(part), contrast(gray));
  EXPECT_EQ(cnr(part), cnr(gray));
}

TEST(ImageQuality, IsTheSameTurnedUpsideDown) {
  const cv::Mat gray = scanned(71, 53, 4);
  cv::Mat turned;
  cv::flip(gray, turned, -1);
  EXPECT_DOUBLE_EQ(sharpness(turned), sharpness(gray));
  EXPECT_NEAR(contrast(turned), contrast(gray), 1e-9);
  EXPECT_NEAR(cnr(turned), cnr(gray), 1e-9);
}

}  // namespace
}  // namespace ocrtune
