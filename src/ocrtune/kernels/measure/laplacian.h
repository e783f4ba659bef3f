#pragma once

#include <cstddef>
#include <cstdint>
#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Variance of the 4-neighbour Laplacian (aperture 1, border reflected without its outermost pixel)
/// of an 8-bit gray image; a measure of noise and of sharpness (Pech-Pacheco et al. 2000).
///
/// The sums over the pixels of what `cv::Laplacian(gray, out, CV_16S)` gives are exact; mean and
/// variance follow from them by one sequence of operations in double, the same on every instruction
/// set.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are ignored. Throws
/// cv::Exception for anything else. Pure; thread-safe.
double laplacian_variance(const cv::Mat& gray);

/// The same from the sums of the Laplacian and of its squares over that many pixels.
double laplacian_variance(std::int64_t sum, std::int64_t squares, std::size_t pixels);

}  // namespace ocrtune
