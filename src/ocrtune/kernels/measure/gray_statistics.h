#pragma once

#include <array>
#include <cstdint>
#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Number of pixels of each gray level.
using Histogram = std::array<std::uint32_t, 256>;

/// The histogram of an 8-bit gray image. Pure; thread-safe.
Histogram histogram(const cv::Mat& gray);

/// The gray level that splits the pixels into those at most as bright and those brighter with the
/// largest between-class variance (Otsu 1979): from 0 to 254, and 0 if all pixels are equal. Down
/// to the order of its floating-point operations that of cv::threshold of OpenCV 4.6 with
/// cv::THRESH_OTSU. Pure; thread-safe.
int otsu_threshold(const Histogram& histogram);
int otsu_threshold(const cv::Mat& gray);

/// Number, sum and sum of squares of gray levels; exact.
struct GraySums {
  std::int64_t count = 0;
  std::int64_t sum = 0;
  std::int64_t squares = 0;

  /// 0 if there are none.
  [[nodiscard]] double mean() const;
  /// Standard deviation, by the same floating-point operations as cv::meanStdDev; 0 if there are
  /// none.
  [[nodiscard]] double deviation() const;
};

/// The sums over an 8-bit gray image; the same on every instruction set. Pure; thread-safe.
GraySums gray_sums(const cv::Mat& gray);

/// The sums over the levels from `first` to `last`, both included. Pure; thread-safe.
GraySums gray_sums(const Histogram& histogram, int first, int last);

}  // namespace ocrtune
