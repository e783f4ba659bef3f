#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

struct ShowThroughSettings {
  double contrast = 0.4;  ///< 0 to 1; ink fainter than this share of the page's ink is removed
  int window = 81;        ///< px, odd; side of the square whose median is the paper
  int reach = 2;          ///< px, from 0; faint ink this near to strong ink is kept
};

/// An 8-bit gray image with its faint strokes lightened, such as show-through from the other side.
/// The depth of a pixel is its difference to the paper (see median_paper), divided by the paper;
/// the depth of the page's ink is the median of all depths above their Otsu threshold. A pixel
/// keeps a share of its depth that depends on the greatest depth within reach: 0 up to 3/4 of
/// `contrast` times the ink's depth, 1 from 5/4 on, linear between.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are ignored. Throws
/// cv::Exception for another type of image. Pure; thread-safe.
cv::Mat without_show_through(const cv::Mat& gray, const ShowThroughSettings& settings);

}  // namespace ocrtune
