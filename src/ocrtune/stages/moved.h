#pragma once

#include <opencv2/core/matx.hpp>
#include <opencv2/core/types.hpp>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// Longest side of images that OpenCV can warp, px.
inline constexpr int kLongestMoved = 32766;

/// `in` warped by a homography from the corners of pixels of the result, of size `size`, to those
/// of `in`: by cubic interpolation, with the level of the paper where `in` has no pixels. The
/// resolution is unchanged, `to_page` is the homography. If a side is above 32766 px, `in` itself.
/// Pure; thread-safe.
Image moved(const Image& in, const cv::Matx33d& to_input, const cv::Size& size);

}  // namespace ocrtune
