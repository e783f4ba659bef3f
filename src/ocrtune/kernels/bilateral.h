#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Bilateral filter (Tomasi & Manduchi 1998) of an 8-bit gray image: each pixel becomes the mean of
/// the pixels q around it, weighted by how near they are in place and in level, and rounded:
///
///   exp(-|q - p|² / 2 space²) * max(0, 1 - (in(q) - in(p))² / 64 level²)^32
///
/// of the pixels at most 2 space, rounded up, away. The second factor is a Gaussian of deviation
/// `level` to 0.01, and 0 from 8 deviations on. The border's pixels go on forever.
///
/// All is done in single precision, one operation after the other, the same on every instruction
/// set. `gray` may have any size from 1 x 1, and may be a view, whose surroundings are not looked
/// at. `space`, in pixels, is from 0.1 to 16, `level`, in gray levels, from 0.1. Throws
/// cv::Exception for anything else. Pure; thread-safe.
cv::Mat bilateral_filter(const cv::Mat& gray, double space, double level);

}  // namespace ocrtune
