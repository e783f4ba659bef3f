#pragma once

#include <opencv2/core/mat.hpp>
#include <optional>

namespace ocrtune {

/// What makes a page hard to recognize, as its image shows it.
struct PageCondition {
  /// Degrees clockwise by which its text lines lean; nothing if it is not clear.
  std::optional<double> skew;
  double x_height = 0;  ///< px, see x_height(); 0: no text found
  /// Gray levels between the letters and the paper around them, the median; 0: no letters found.
  double contrast = 0;
  /// Standard deviation of the Gaussian blur that the letters' edges show, px, at least 0.8; 0: no
  /// letters found.
  double blur = 0;
  double noise = 0;            ///< see noise_deviation(); gray levels
  double unevenness = 0;       ///< see paper_unevenness(); gray levels
  bool light_on_dark = false;  ///< most letters are lighter than the paper around them
};

/// The condition of an 8-bit gray page of any size from 1 x 1, which may be a view. Wide pages are
/// reduced before letters are looked for. Throws cv::Exception for another type of image. Pure;
/// thread-safe.
PageCondition page_condition(const cv::Mat& gray);

}  // namespace ocrtune
