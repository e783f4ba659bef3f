#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Sizes that distinguish a ruled line from a stroke of a letter.
struct LineSizes {
  int h_size = 45;      ///< px, from 1; least half-length of a horizontal line (opened twice)
  int v_size = 50;      ///< px, from 1; the same for vertical lines
  int dilate_iter = 2;  ///< from 0; 3x3 dilations of the mask found
};

/// Mask (255 = line, 0 = not) of the long horizontal and vertical runs of ink in an 8-bit gray
/// image: the ink by Otsu's threshold (Otsu 1979), opened twice with h_size x 1 and with 1 x
/// v_size, the union of both dilated dilate_iter times with 3 x 3.
///
/// Pixel for pixel the result of cv::threshold, cv::morphologyEx and cv::dilate of OpenCV 4.6,
/// which accept runs of half the length at the border and shift the lines of even sizes by 2 px to
/// the right and down. The same on every instruction set; one thread.
///
/// `gray` may have any size from 1 x 1, and may be a view, whose surroundings are ignored. Throws
/// cv::Exception for anything else. Pure; thread-safe.
cv::Mat line_mask(const cv::Mat& gray, const LineSizes& sizes);

/// `gray` with 255 where line_mask() finds a line; if it finds none, `gray` itself, sharing its
/// pixels. Requirements and errors of line_mask(). Pure; thread-safe.
cv::Mat without_lines(const cv::Mat& gray, const LineSizes& sizes);

}  // namespace ocrtune
