#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// The edges of strokes (`su2010`): 255 where the contrast of an 8-bit gray image's 3 x 3 pixels,
/// (brightest - darkest) / (brightest + darkest), is above its threshold by Otsu's method, 0
/// elsewhere. `gray` may have any size from 1 x 1 and may be a view. Throws cv::Exception for
/// another type of image. Pure; thread-safe.
cv::Mat high_contrast_pixels(const cv::Mat& gray);

}  // namespace ocrtune
