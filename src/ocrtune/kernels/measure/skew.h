#pragma once

#include <opencv2/core/mat.hpp>
#include <vector>

#include "ocrtune/kernels/measure/component_boxes.h"
#include "ocrtune/kernels/measure/ink.h"

namespace ocrtune {

/// The letters of a page (see letters_among()).
struct PageLetters {
  std::vector<ComponentBox> boxes;
  bool light = false;  ///< lighter than the paper
};

/// The letters among the ink of a page, dark on light or light on dark, whichever are more. Pure;
/// thread-safe.
PageLetters page_letters(const InkMasks& ink);

/// The boxes of the page_letters() of an 8-bit gray page. Pure; thread-safe.
std::vector<ComponentBox> letter_boxes(const cv::Mat& gray);

/// Skew of the text lines of a page.
struct Skew {
  double slope = 0;       ///< px down for each px to the right, a multiple of 1/8192
  double confidence = 0;  ///< how much better the lines separate than at other slopes; 1: no better
};

/// The steepest slope that text_skew() tries, that of 15 degrees.
inline constexpr double kSteepestSkew = 0.268;

/// The slope of the text lines of these letters: the one at which the bottoms of the letters
/// concentrate most on few lines, by the sum of squares of their projection profile (Baird 1987).
/// Fewer than 12 letters have slope 0 with confidence 0. The same on every instruction set. Pure;
/// thread-safe.
Skew text_skew(const std::vector<ComponentBox>& letters);

}  // namespace ocrtune
