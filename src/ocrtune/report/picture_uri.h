#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <string>

namespace ocrtune {

/// What a picture in a report may take.
struct PictureLimits {
  int width = 1200;                  ///< px
  int height = 2400;                 ///< px
  std::size_t characters = 450'000;  ///< of the URI
};

/// A page as a `data:` URI, reduced to fit: PNG with eight levels of gray where it is black and
/// white, else JPEG; where that is longer than allowed, a JPEG that is coarser and smaller, down to
/// half the size. `gray`: 8 bits, one channel, not empty. Throws Error(output_unwritable) where the
/// encoder fails. Pure; thread-safe.
std::string picture_uri(const cv::Mat& gray, const PictureLimits& limits = {});

}  // namespace ocrtune
