#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

struct ShowThroughSettings {
  double contrast = 0.4;  ///< 0 to 1; what is fainter than this share of the page's ink goes
  int window = 81;        ///< px, odd; side of the square whose median is the paper
  int reach = 2;          ///< px, from 0; so near to strong ink, faint ink stays
};

/// An 8-bit gray image with its faint strokes lightened, as those of the other side that show
/// through. The depth of a pixel is how far it is below the paper (see median_paper), divided by
/// the paper; that of the page's ink is the median of all above Otsu's threshold of the depths. A
/// pixel keeps the more of its depth the larger the greatest one within reach of it is: nothing up
/// to 3/4 of `contrast` times the ink's, all from 5/4 on, linearly between.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are not looked at.
/// Throws cv::Exception for another type of image. Pure; thread-safe.
cv::Mat without_show_through(const cv::Mat& gray, const ShowThroughSettings& settings);

}  // namespace ocrtune
