#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// The neighbours of a pixel that count as touching it: those that share a side, or a corner too.
enum class Touching { sides, corners };

/// Area closing (Vincent 1993) of an 8-bit gray image: each pixel becomes the lowest level, at
/// least its own, at which the pixels of that level and below that it touches, directly or through
/// others, are `area` or more; the lightest level of the image where there are never as many. Dark
/// specks of fewer pixels vanish, and nothing else becomes lighter than what is around it.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are not looked at.
/// `area` is in pixels; 1 and less leave the image alone. Throws cv::Exception for anything else.
/// Pure; thread-safe.
cv::Mat area_closing(const cv::Mat& gray, int area, Touching touching);

}  // namespace ocrtune
