#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

struct LineRepairSettings {
  int h_size = 45;    ///< px, from 1; least half-length of a horizontal line as line_mask() has it:
                      ///< odd, or lines are shifted
  int v_size = 51;    ///< px, from 1; the same for vertical lines
  int thickness = 8;  ///< px, from 0; what is thicker is no line
  int margin = 1;     ///< px, from 0; so much on either side of a line goes with it
};

/// An 8-bit gray image without its ruled lines, the strokes that cross them going on. Lines are
/// those of line_mask(). A pixel of a horizontal one, or of its margin, becomes the lighter of the
/// two pixels just above and below the line, along the direction, at most one across on two down,
/// in which that is darkest; never darker than it was. Then the same for the vertical ones, turned.
/// So ink stays where it goes on on both sides of the line, and elsewhere paper takes its place.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are not looked at.
/// Throws cv::Exception for anything else. Pure; thread-safe.
cv::Mat without_lines_repaired(const cv::Mat& gray, const LineRepairSettings& settings);

}  // namespace ocrtune
