#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Whether pixels with this orientation, 1 to 8 as TIFF and EXIF number them, are stored in
/// columns: upright, the sides are swapped.
constexpr bool swaps_sides(int orientation) { return orientation >= 5 && orientation <= 8; }

/// The stored pixels, turned and mirrored as their orientation states; others than 1 to 8 are as 1:
/// the pixels themselves. Thread-safe.
cv::Mat upright(const cv::Mat& stored, int orientation);

}  // namespace ocrtune
