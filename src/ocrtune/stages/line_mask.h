#pragma once

#include <opencv2/core/mat.hpp>

#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// Sizes that tell a ruled line from a stroke of a letter.
struct LineSizes {
  int h_size = 45;      ///< px; least half-length of a horizontal line (opened twice)
  int v_size = 50;      ///< px; the same for vertical lines
  int dilate_iter = 2;  ///< 3x3 dilations of the mask found
};

/// The two lengths as parameters of a stage, searched and by default as given.
Parameter h_size_parameter(double low, double high, double initial);
Parameter v_size_parameter(double low, double high, double initial);

/// Mask (255 = line, 0 = not) of the long horizontal and vertical runs of ink in an 8-bit gray
/// image: Otsu, inverted; opened twice with h_size x 1 and with 1 x v_size; their union dilated.
/// Thread-safe.
cv::Mat line_mask(const cv::Mat& gray, const LineSizes& sizes);

}  // namespace ocrtune
