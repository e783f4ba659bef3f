#pragma once

#include <opencv2/core/mat.hpp>

namespace ocrtune {

/// Dots per inch; 0 where the file doesn't say.
struct Resolution {
  double x = 0;
  double y = 0;
};

/// A page in memory: 8 bits, one channel, 0 black to 255 white, with its resolution. Copies share
/// the pixels, as cv::Mat does; stages never write into the pixels they are given.
struct Image {
  cv::Mat gray;
  Resolution dpi;
};

}  // namespace ocrtune
