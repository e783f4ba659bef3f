#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// An 8-bit gray image divided by its own Gaussian blur (see gaussian_blur_rows), times 255:
/// rounded to the nearest, a half to even, at most 255, and 0 if the blur is 0.
///
/// Byte for byte what `cv::GaussianBlur(gray, blur, {kernel, kernel}, 0)` and `cv::divide(gray,
/// blur, out, 255)` of OpenCV 4.6 give, but faster, on one thread and the same on every instruction
/// set.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are ignored. `kernel`
/// is odd, from 3 to 2001. Throws cv::Exception for anything else. Pure; thread-safe.
cv::Mat divided_by_blur(const cv::Mat& gray, int kernel);

}  // namespace ocrtune
