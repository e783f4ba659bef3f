#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// What makes a region of a page a dark one.
struct DarkRegionLimits {
  int window = 81;     ///< px, odd, from 3 to 2001: a few letters
  double share = 0.6;  ///< more than this share of the window is dark; 1 or more: never
};

/// Mask (255 inside) of the regions of an 8-bit gray page that hold light letters on dark ground:
/// the whole page, bars, boxes and cells. Dark is what Otsu's threshold (Otsu 1979) says; a region
/// is where most of the surroundings are dark, ground and letters to their edges. Where fewer than
/// three light components look like letters (see letters_among()), it is none: shadows, pictures
/// and the scanner's lid. An empty mask means that there are no regions.
///
/// `gray` may have any size from 1 x 1 and may be a view. Throws cv::Exception for other images and
/// windows. Pure; thread-safe.
cv::Mat dark_text_regions(const cv::Mat& gray, DarkRegionLimits limits);

}  // namespace ocrtune
