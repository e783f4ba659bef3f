#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Which inks count as coloured. Hues are counted in 1/256 of the sixth of a circle between red,
/// yellow, green, cyan, blue and magenta: 0 to 1535.
struct InkChoice {
  enum class Hues {
    any,
    one,    ///< those about `hue`
    lesser  ///< all but those most ink has, and none where most ink is gray
  };
  Hues hues = Hues::any;
  int hue = 0;
  int least_chroma = 40;  ///< of full white's 255; from 1
};

/// How far coloured ink reaches and how much gray is in it.
struct ColouredInk {
  cv::Mat light;      ///< BGR: each pixel's share of the paper's light, of 255
  cv::Mat share;      ///< 8-bit: how surely there is such ink at a pixel or next to it, of 255
  int black = 0;      ///< level of the darkest ink, from which light is counted
  int gray = 0;       ///< what that ink takes of all channels alike, in 1/64 of its chroma
  bool none = false;  ///< there is none
};

/// `bgr` and `paper`, the colour of the paper at each pixel, have 8 bits a channel and one size,
/// from 1 x 1. Throws cv::Exception for other images. Pure; thread-safe.
ColouredInk coloured_ink(const cv::Mat& bgr, const cv::Mat& paper, const InkChoice& choice);

/// The page without that ink: where it is, what it takes of the paper's light is given back, and
/// what gray ink takes stays. `strength` is in 1/256, up to 512: how much is given back; above 256
/// the ink counts as containing more gray than it does in most places. Pure; thread-safe.
cv::Mat without_ink(const cv::Mat& bgr, const cv::Mat& paper, const ColouredInk& ink, int strength);

}  // namespace ocrtune
