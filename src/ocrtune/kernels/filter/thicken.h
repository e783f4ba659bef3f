#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// An 8-bit gray image whose dark strokes are dilated by `px` on every side, or eroded if it is
/// negative: each pixel becomes the darkest (lightest) of those at most |px| away. Such discs exist
/// only for the distances between pixels, 0, 1, 1.41, 2 …; between two of them the results are
/// interpolated. 0 returns the image itself, sharing its pixels.
///
/// `gray` may have any size from 1 x 1 and may be a view, whose surroundings are ignored; |px| is
/// at most 32. Throws cv::Exception for anything else. Pure; thread-safe.
cv::Mat thickened(const cv::Mat& gray, double px);

}  // namespace ocrtune
