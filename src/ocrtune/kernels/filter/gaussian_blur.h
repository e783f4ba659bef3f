#pragma once

#include <cstdint>
#include <functional>
#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// What takes the rows of an image.
using RowSink = std::function<void(int y, const std::uint8_t* row)>;

/// Gaussian blur of an 8-bit gray image with `kernel` x `kernel` taps, sigma 0.15 kernel + 0.35,
/// and the border reflected without its outermost pixel.
///
/// Byte for byte what `cv::GaussianBlur(gray, out, {kernel, kernel}, 0)` of OpenCV 4.6 gives, whose
/// fixed-point coefficients it uses, but faster, on one thread and the same on every instruction
/// set. Below 31 taps it is OpenCV's function, which is fast there.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are ignored. `kernel`
/// is odd, from 3 to 2001. Throws cv::Exception for anything else. Pure; thread-safe.
///
/// `sink` gets one row at a time from the first to the last; a row is valid during its call only.
void gaussian_blur_rows(const cv::Mat& gray, int kernel, const RowSink& sink);

}  // namespace ocrtune
