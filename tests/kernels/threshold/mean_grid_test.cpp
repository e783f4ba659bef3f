#include "ocrtune/kernels/threshold/mean_grid.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <opencv2/imgproc.hpp>

#include "support/images.h"
#include "support/kernel_cases.h"
#include "support/simd_targets.h"

namespace ocrtune {
namespace {

using namespace test;

/// The means around all pixels, in double precision.
cv::Mat exact_means(const cv::Mat& gray, const cv::Mat& kernel) {
  cv::Mat pixels;
  gray.clone().convertTo(pixels, CV_64F);
  cv::Mat weights;
  kernel.convertTo(weights, CV_64F);
  cv::Mat means;
  cv::sepFilter2D(pixels, means, CV_64F, weights, weights, {-1, -1}, 0, cv::BORDER_REPLICATE);
  return means;
}

double interpolated(const MeanGrid& grid, int x, int y) {
  double mean = 0;
  for (int j = 0; j < 4; ++j) {
    for (int i = 0; i < 4; ++i) {
      mean += double{grid.interpolation.at(static_cast<std::size_t>(y % grid.step))
                         .at(static_cast<std::size_t>(j))} *
              double{grid.interpolation.at(static_cast<std::size_t>(x % grid.step))
                         .at(static_cast<std::size_t>(i))} *
              double{grid.means.at<float>(y / grid.step + j, x / grid.step + i)};
    }
  }
  return mean;
}

double largest_error(const MeanGrid& grid, const cv::Mat& exact) {
  double largest = 0;
  for (int y = 0; y < exact.rows; ++y) {
    for (int x = 0; x < exact.cols; ++x) {
      largest = std::max(largest, std::abs(interpolated(grid, x, y) - exact.at<double>(y, x)));
    }
  }
  return largest;
}

TEST(MeanGrid, IsAsNearToTheMeansAsItSays) {
  cv::RNG rng(1);
  for (int round = 0; round < 300 && !HasFailure(); ++round) {
    const cv::Mat gray = kernel_image(kernel_size(200, rng), round, rng);
    const int taps = 2 * rng.uniform(15, 100) + 1;
    const cv::Mat kernel = cv::getGaussianKernel(taps, 0, CV_32F);
    const cv::Mat exact = exact_means(gray, kernel);
    for (const int step : {2, 4, 8}) {
      SCOPED_TRACE(testing::Message() << gray.size() << " taps " << taps << " step " << step);
      on_every_target([&] {
        const MeanGrid grid = mean_grid(gray, kernel, step);
        EXPECT_LE(largest_error(grid, exact), grid.error);
      });
    }
  }
}

/// The images that are worst for a pixel: white where its window is overrated.
TEST(MeanGrid, ErrorIsNotMuchMoreThanItMustBe) {
  for (const int taps : {61, 121, 201}) {
    const cv::Mat kernel = cv::getGaussianKernel(taps, 0, CV_32F);
    const MeanGrid any = mean_grid(cv::Mat(9, 9, CV_8UC1, cv::Scalar(0)), kernel, 4);
    double worst = 0;
    for (int phase = 1; phase < 4; ++phase) {
      cv::Mat row(1, 4 * taps, CV_8UC1, cv::Scalar(0));
      const int at = taps / 4 * 8 + phase;
      for (int x = 0; x < row.cols; ++x) {
        const auto weight = [&](int center) {
          const int i = x - center + taps / 2;
          return i < 0 || i >= taps ? 0.0 : double{kernel.at<float>(i)};
        };
        double more = -weight(at);
        for (int node = 0; node < 4; ++node) {
          more += double{any.interpolation.at(static_cast<std::size_t>(phase))
                             .at(static_cast<std::size_t>(node))} *
                  weight(at - phase + 4 * (node - 1));
        }
        if (more > 0) row.at<std::uint8_t>(x) = 255;
      }
      const MeanGrid grid = mean_grid(row, kernel, 4);
      worst = std::max(
          worst, std::abs(interpolated(grid, at, 0) - exact_means(row, kernel).at<double>(0, at)));
    }
    EXPECT_LE(worst, any.error);
    EXPECT_GE(3 * worst, any.error);
  }
}

TEST(MeanGrid, RefusesWhatItCannotDo) {
  const cv::Mat gray(8, 8, CV_8UC1, cv::Scalar(0));
  const cv::Mat kernel = cv::getGaussianKernel(31, 0, CV_32F);
  EXPECT_THROW(mean_grid({}, kernel, 4), cv::Exception);
  EXPECT_THROW(mean_grid(cv::Mat(8, 8, CV_8UC3), kernel, 4), cv::Exception);
  EXPECT_THROW(mean_grid(gray, cv::getGaussianKernel(31, 0, CV_64F), 4), cv::Exception);
  EXPECT_THROW(mean_grid(gray, cv::getGaussianKernel(29, 0, CV_32F), 4), cv::Exception);
  EXPECT_THROW(mean_grid(gray, kernel, 3), cv::Exception);
}

}  // namespace
}  // namespace ocrtune
