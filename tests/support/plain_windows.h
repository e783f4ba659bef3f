#pragma once

#include <functional>
#include <opencv2/core.hpp>
#include <vector>

namespace ocrtune::test {

/// What local thresholds are made of, straight from their definitions.
struct PlainWindow {
  std::vector<double> levels;  ///< of the pixels in it

  [[nodiscard]] double mean() const;
  [[nodiscard]] double deviation() const;
  [[nodiscard]] double sum_of_squares() const;
};

/// The `window` x `window` pixels around one, less those outside of the image and, where a mask is
/// given, those where it is 0.
PlainWindow plain_window(const cv::Mat& gray, cv::Point center, int window,
                         const cv::Mat& mask = {});

using PlainThreshold = std::function<double(const PlainWindow&)>;

/// Fails the test unless `out` is black where `gray` is below the threshold of the window around
/// it, and white elsewhere. Pixels nearer to it than rounding is exact may be either.
void expect_black_below(const cv::Mat& out, const cv::Mat& gray, int window,
                        const PlainThreshold& threshold);

}  // namespace ocrtune::test
