#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

// Each from exact integer sums by one sequence of operations in double, so the same on every
// machine, and bit for bit what OpenCV 4.6 gives with the same definition.

/// Variance of the Laplacian (aperture 1) of an 8-bit gray image (Pech-Pacheco et al. 2000). Pure;
/// thread-safe.
double sharpness(const cv::Mat& gray);

/// Standard deviation of the gray levels. Pure; thread-safe.
double contrast(const cv::Mat& gray);

/// Contrast-to-noise ratio: (mean of the background - mean of the foreground) / (standard deviation
/// of the background + 0.1), the two split by Otsu's threshold. 0 where one of them is empty or the
/// means lie no more than 5 gray levels apart. Pure; thread-safe.
double cnr(const cv::Mat& gray);

}  // namespace ocrtune
