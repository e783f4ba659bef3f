#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Criteria of a dark region of a page.
struct DarkRegionLimits {
  int window = 81;     ///< px, odd, from 3 to 2001: the width of a few letters
  double share = 0.6;  ///< more than this share of the window is dark; 1 or more: never
};

/// Mask (255 inside) of the regions of an 8-bit gray page with light letters on dark ground: the
/// whole page, bars, boxes and cells. Dark pixels are those below Otsu's threshold (Otsu 1979); a
/// region is where most of the surroundings are dark, and includes the ground and the letters up to
/// their edges. A region with fewer than three light components that look like letters (see
/// letters_among()) is left out: shadows, pictures and the scanner's lid. An empty mask means that
/// there are no regions.
///
/// `gray` may have any size from 1 x 1 and may be a view. Throws cv::Exception for other images and
/// windows. Pure; thread-safe.
cv::Mat dark_text_regions(const cv::Mat& gray, DarkRegionLimits limits);

}  // namespace ocrtune
