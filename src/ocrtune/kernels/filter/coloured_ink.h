#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Which inks count as coloured. A hue is a number from 0 to 1535: 256 steps for each sixth of the
/// colour circle between red, yellow, green, cyan, blue and magenta.
struct InkChoice {
  enum class Hues {
    any,
    one,    ///< hues near `hue`
    lesser  ///< all hues but the most frequent; all if most ink is gray
  };
  Hues hues = Hues::any;
  int hue = 0;
  int min_chroma = 40;  ///< of 255; from 1
};

/// Extent of coloured ink and the amount of gray in it.
struct ColouredInk {
  cv::Mat light;      ///< BGR: light of each pixel relative to the paper's, of 255
  cv::Mat share;      ///< 8-bit: degree to which there is such ink at or beside a pixel, of 255
  int black = 0;      ///< level of the darkest ink, the zero of light
  int gray = 0;       ///< what that ink absorbs of all channels alike, in 1/64 of its chroma
  bool none = false;  ///< there is no such ink
};

/// `bgr` and `paper`, the colour of the paper at each pixel, have 8 bits per channel and the same
/// size, from 1 x 1. Throws cv::Exception for other images. Pure; thread-safe.
ColouredInk coloured_ink(const cv::Mat& bgr, const cv::Mat& paper, const InkChoice& choice);

/// Removes that ink from the page: at its pixels, the light that it absorbs is added back, and what
/// gray ink absorbs is kept. `strength` is the share added back, in 1/256, up to 512; above 256 the
/// ink counts as containing more gray than it does in most places. Pure; thread-safe.
cv::Mat without_ink(const cv::Mat& bgr, const cv::Mat& paper, const ColouredInk& ink, int strength);

}  // namespace ocrtune
