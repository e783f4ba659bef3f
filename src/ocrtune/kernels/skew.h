#pragma once

#include <opencv2/core/mat.hpp>
#include <vector>

#include "ocrtune/kernels/component_boxes.h"

namespace ocrtune {

/// The boxes of the letters of an 8-bit gray page (see letters_among()), dark on light or light on
/// dark, whichever are more. Pure; thread-safe.
std::vector<ComponentBox> letter_boxes(const cv::Mat& gray);

/// How much the lines of text of a page lean.
struct Skew {
  double slope = 0;       ///< px down for each px to the right, a multiple of 1/8192
  double confidence = 0;  ///< how much better the lines part than at other slopes; 1 is no better
};

/// The steepest slope that text_skew() looks at, that of 15 degrees.
inline constexpr double kSteepestSkew = 0.268;

/// The slope of the lines of text whose letters these are: that at which the most bottoms of
/// letters fall onto the fewest lines, by the sum of squares of their projection profile (Baird
/// 1987). Less than 12 letters have none, with confidence 0. The same on every instruction set.
/// Pure; thread-safe.
Skew text_skew(const std::vector<ComponentBox>& letters);

}  // namespace ocrtune
