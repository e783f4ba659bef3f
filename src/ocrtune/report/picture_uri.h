#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <string>

namespace ocrtune {

/// Size limits of a picture in a report.
struct PictureLimits {
  int width = 1200;                  ///< px
  int height = 2400;                 ///< px
  std::size_t characters = 450'000;  ///< of the URI
};

/// A page as a `data:` URI, reduced to fit: PNG with eight gray levels if it is black and white,
/// else JPEG; if that is too long, a JPEG of lower quality and size, down to half the size. `gray`:
/// 8 bits, one channel, not empty. Throws Error(output_unwritable) if the encoder fails. Pure;
/// thread-safe.
std::string picture_uri(const cv::Mat& gray, const PictureLimits& limits = {});

}  // namespace ocrtune
