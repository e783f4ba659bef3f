#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Bilateral filter (Tomasi & Manduchi 1998) of an 8-bit gray image: each pixel p becomes the
/// rounded mean of the pixels q around it, weighted by their distance in position and in level:
///
///   exp(-|q - p|² / 2 space²) * max(0, 1 - (in(q) - in(p))² / 64 level²)^32
///
/// for pixels at a distance of at most 2 space, rounded up. The second factor is a Gaussian of
/// deviation `level` to within 0.01, and 0 from 8 deviations on. The border's pixels are
/// replicated.
///
/// Computed in single precision in a fixed order, so the same on every instruction set. `gray` may
/// have any size from 1 x 1, and may be a view, whose surroundings are ignored. `space`, in pixels,
/// is from 0.1 to 16, `level`, in gray levels, from 0.1. Throws cv::Exception for anything else.
/// Pure; thread-safe.
cv::Mat bilateral_filter(const cv::Mat& gray, double space, double level);

}  // namespace ocrtune
