#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Height in pixels of the small letters (x, a, e) of most of the text on an 8-bit gray page, dark
/// on light or light on dark; 0 if no text is found. If all letters have the same height, they
/// count as capitals or digits, and the corresponding x-height is returned.
///
/// `gray` may have any size from 1 x 1 and may be a view. The same on every instruction set. Throws
/// cv::Exception for another type of image. Pure; thread-safe.
double x_height(const cv::Mat& gray);

}  // namespace ocrtune
