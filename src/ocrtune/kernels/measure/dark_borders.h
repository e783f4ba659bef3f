#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

struct BorderLimits {
  int left_right = 0;  ///< px from the left and right edges that borders may reach, from 0
  int top_bottom = 0;  ///< the same from the upper and lower edges
  int letter = 20;     ///< px, from 1: height of small letters
};

/// Mask (255 inside) of the dark borders along the edges of an 8-bit gray page, within the limits:
/// the scanner's lid, the table below the sheet, the shadow of a book's fold (Le, Thoma and
/// Wechsler 1996). Dark pixels are those below Otsu's threshold (Otsu 1979); soft rims no wider
/// than a letter belong to the border. Three kinds of dark regions are left out: those that extend
/// beyond the limits over half of their length (dark ground), those that touch the edges over less
/// than three letters (perhaps print), and those that contain light letters (bars with text). An
/// empty mask means that there are no borders.
///
/// `gray` may have any size from 1 x 1 and may be a view. The same on every instruction set. Throws
/// cv::Exception for other images and limits. Pure; thread-safe.
cv::Mat dark_borders(const cv::Mat& gray, const BorderLimits& limits);

}  // namespace ocrtune
