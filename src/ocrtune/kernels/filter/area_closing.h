#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Connectivity of pixels: neighbours share a side, or a corner too.
enum class Touching { sides, corners };

/// Area closing (Vincent 1993) of an 8-bit gray image: each pixel becomes the lowest level, at
/// least its own, at which the connected component that contains it, of pixels up to that level,
/// has `area` pixels or more; the lightest level of the image if there is no such level. Dark
/// specks of fewer pixels vanish, and nothing else becomes lighter than its surroundings.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are ignored. `area`
/// is in pixels; 1 and less leave the image unchanged. Throws cv::Exception for anything else.
/// Pure; thread-safe.
cv::Mat area_closing(const cv::Mat& gray, int area, Touching touching);

}  // namespace ocrtune
