#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Fills the pixels of an 8-bit gray image where the 8-bit `mask` of the same size isn't 0, from
/// its edge inwards: each is the mean of the pixels within `radius`, 1 to 100 px, that are known or
/// filled by then, continued by their slopes, and weighted by direction, distance and level (Telea
/// 2004).
///
/// Byte for byte what `cv::inpaint(gray, mask, out, radius, cv::INPAINT_TELEA)` of OpenCV 4.6
/// gives; OpenCV 4.10 gives others. Instead of a sorted list there is a heap, so that the time
/// doesn't grow with the square of what is masked. Where nothing is masked, `gray` itself, sharing
/// its pixels. One thread. The image is of at least 2 x 2 px;
/// throws cv::Exception for another type or size. Pure; thread-safe.
cv::Mat inpainted(const cv::Mat& gray, const cv::Mat& mask, int radius);

}  // namespace ocrtune
