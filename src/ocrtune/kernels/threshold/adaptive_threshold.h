#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Black and white by a local threshold: a pixel of an 8-bit gray image becomes 255 where it is
/// lighter than the mean around it minus `c`, else 0. The mean is weighted by a Gaussian of `block`
/// x `block` taps and sigma 0.15 block + 0.35, with the border's pixels replicated, and is rounded;
/// `c` is rounded up.
///
/// Byte for byte what `cv::adaptiveThreshold(gray, out, 255, cv::ADAPTIVE_THRESH_GAUSSIAN_C,
/// cv::THRESH_BINARY, block, c)` of OpenCV 4.6 gives, with its float arithmetic on this machine,
/// but faster, on one thread and the same on every instruction set. Below 31 taps it is OpenCV's
/// function, and it falls back on it if very many pixels are near their thresholds.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are ignored. `block`
/// is odd, from 3 to 2001, `c` from -255 to 255 gray levels. Throws cv::Exception for anything
/// else. Pure; thread-safe.
cv::Mat adaptive_threshold_gaussian(const cv::Mat& gray, int block, double c);

/// Bound of OpenCV's rounding errors in such a mean, in gray levels to either side. Pure.
double rounding_of_means(int block);

/// Whether the pixel in the middle of `around`, a square of an odd side, becomes white by OpenCV's
/// mean of the square; `offset` is c rounded up. Pure; thread-safe.
bool lighter_than_mean(const cv::Mat& around, int offset);

}  // namespace ocrtune
