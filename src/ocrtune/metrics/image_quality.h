#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

// All are computed from exact integer sums by one sequence of operations in double. So they are the
// same on every machine, and equal bit for bit to OpenCV 4.6 with the same definition.

/// Variance of the Laplacian (aperture 1) of an 8-bit gray image (Pech-Pacheco et al. 2000). Pure;
/// thread-safe.
double sharpness(const cv::Mat& gray);

/// Standard deviation of the gray levels. Pure; thread-safe.
double contrast(const cv::Mat& gray);

/// Contrast-to-noise ratio: (mean of the background - mean of the foreground) / (standard deviation
/// of the background + 0.1), separated by Otsu's threshold. 0 if one of them is empty or the means
/// differ by at most 5 gray levels. Pure; thread-safe.
double cnr(const cv::Mat& gray);

}  // namespace ocrtune
