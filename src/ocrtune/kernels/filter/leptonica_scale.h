#pragma once

#include <opencv2/core/mat.hpp>
#include <optional>

namespace ocrtune {

/// An 8-bit gray image scaled by one factor in both directions, with the bytes of Leptonica's
/// `pixScale` (1.82 to 1.86): bilinear interpolation from 0.7 on, the mean of what a pixel covers
/// below, both in 1/16 px; from 0.2 to 1.4 sharpened by unsharp masking. None for the factors for
/// which Leptonica has methods of their own (1, 2, 4, 1/2, 1/4, 1/8, 1/16, and below 0.02), or if
/// nothing is left. `gray` may be a view. Throws cv::Exception for another type of image. Pure;
/// thread-safe.
std::optional<cv::Mat> scaled_as_leptonica(const cv::Mat& gray, float factor);

}  // namespace ocrtune
