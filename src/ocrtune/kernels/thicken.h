#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// An 8-bit gray image whose dark strokes have grown by `px` on every side, or shrunk where it is
/// negative: each pixel becomes the darkest (lightest) of those at most |px| away. There are such
/// discs for the distances between pixels only, 0, 1, 1.41, 2 …; between two of them the outcome is
/// blended. 0 gives the image itself, sharing its pixels.
///
/// `gray` may have any size from 1 x 1 and may be a view, whose surroundings are not looked at;
/// |px| is at most 32. Throws cv::Exception for anything else. Pure; thread-safe.
cv::Mat thickened(const cv::Mat& gray, double px);

}  // namespace ocrtune
