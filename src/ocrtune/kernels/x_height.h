#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Height in pixels of the small letters (x, a, e) of most of the text on an 8-bit gray page, dark
/// on light or light on dark; 0 where there seems to be no text. Where the letters have one height
/// only, they are taken for capitals or digits, and the small letters that go with them are said.
///
/// `gray` may have any size from 1 x 1 and may be a view. The same on every instruction set. Throws
/// cv::Exception for another type of image. Pure; thread-safe.
double x_height(const cv::Mat& gray);

}  // namespace ocrtune
