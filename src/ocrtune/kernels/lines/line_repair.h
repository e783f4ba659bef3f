#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

struct LineRepairSettings {
  int h_size = 45;    ///< px, from 1; least half-length of a horizontal line as line_mask() has it:
                      ///< odd, or lines are shifted
  int v_size = 51;    ///< px, from 1; the same for vertical lines
  int thickness = 8;  ///< px, from 0; thicker objects are not lines
  int margin = 1;     ///< px, from 0; also removed on either side of a line
};

/// Removes the ruled lines of an 8-bit gray image and keeps the strokes that cross them. Lines are
/// those of line_mask(). A pixel of a horizontal line, or of its margin, becomes the lighter of the
/// two pixels just above and below the line, along the direction (at most one across on two down)
/// in which that is darkest; never darker than it was. Then the same for vertical lines,
/// transposed. So ink is kept where it continues on both sides of the line; elsewhere paper
/// replaces it.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are ignored. Throws
/// cv::Exception for anything else. Pure; thread-safe.
cv::Mat without_lines_repaired(const cv::Mat& gray, const LineRepairSettings& settings);

}  // namespace ocrtune
