#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Fills the pixels of an 8-bit gray image where the 8-bit `mask` of the same size is not 0, from
/// its edge inwards: each is the mean of the pixels within `radius`, 1 to 100 px, that are known or
/// already filled, extrapolated by their gradients, and weighted by direction, distance and level
/// (Telea 2004).
///
/// Byte for byte what `cv::inpaint(gray, mask, out, radius, cv::INPAINT_TELEA)` of OpenCV 4.6
/// gives; that of OpenCV 4.10 differs. A heap replaces the sorted list, so that the time does not
/// grow with the square of the masked area. If nothing is masked, returns `gray` itself, sharing
/// its pixels. One thread. The image has at least 2 x 2 px; throws cv::Exception for another type
/// or size. Pure; thread-safe.
cv::Mat inpainted(const cv::Mat& gray, const cv::Mat& mask, int radius);

}  // namespace ocrtune
