#pragma once

#include <opencv2/core/mat.hpp>
#include <string_view>
#include <vector>

#include "support/encoded.h"

namespace ocrtune::test {

/// An image of a HEIF or AVIF file.
struct HeifImage {
  cv::Mat pixels;     ///< as it is stored: 8-bit gray, BGR or BGRA, 16-bit BGR for more bits
  int bits = 8;       ///< of 16-bit pixels, whose upper bits count
  Bytes exif = {};    ///< metadata; empty: none
  int thumbnail = 0;  ///< px of a thumbnail's longer side; 0: none
};

/// A file of these images in high quality; `is_avif`: coded by AV1, else by HEVC.
Bytes heif_of(const std::vector<HeifImage>& images, bool is_avif);

/// A file of one image, whose sides are multiples of 64 px, with a property of one byte: `irot` or
/// `imir` (ISO/IEC 23008-12, 6.5). It replaces the one that states the bits of samples.
Bytes with_property(Bytes file, std::string_view name, unsigned value);

}  // namespace ocrtune::test
