#pragma once

#include <opencv2/core/matx.hpp>
#include <opencv2/core/types.hpp>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// Longest side of images that OpenCV moves, px.
inline constexpr int kLongestMoved = 32766;

/// `in` seen through a homography from the corners of pixels of the result, which is of `size`, to
/// those of `in`: by cubic convolution, with the level of the paper where `in` has no pixels.
/// Resolution stays, `to_page` is the homography. Where a side is above 32766 px, `in` itself.
/// Pure; thread-safe.
Image moved(const Image& in, const cv::Matx33d& to_input, const cv::Size& size);

}  // namespace ocrtune
