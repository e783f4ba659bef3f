#pragma once

#include <array>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace ocrtune {

/// Weighted means around the pixels of a grid, from which those around the other pixels are
/// interpolated.
struct MeanGrid {
  /// Distance in pixels between two points of the grid.
  int step = 1;
  /// CV_32F; element (j, i) is the mean around pixel x = step (i - 1), y = step (j - 1). The grid
  /// extends as far beyond the image as cubic interpolation needs.
  cv::Mat means;
  /// By x (or y) modulo the step: Lagrange's weights of the grid's points x / step - 1 to x / step
  /// + 2, which are elements x / step to x / step + 3.
  std::vector<std::array<float, 4>> interpolation;
  /// Greatest difference between an interpolated mean and the true one, in gray levels, rounding
  /// included.
  double error = 0;
};

/// The grid for a symmetric separable `kernel`, as of cv::getGaussianKernel (CV_32F, an odd number
/// of taps, at least 31), and an 8-bit gray image whose border pixels are replicated. `step` is 1,
/// 2, 4 or 8. `gray` may be a view, whose surroundings are ignored. The last bits of the means
/// depend on the instruction set. Pure; thread-safe.
MeanGrid mean_grid(const cv::Mat& gray, const cv::Mat& kernel, int step);

}  // namespace ocrtune
