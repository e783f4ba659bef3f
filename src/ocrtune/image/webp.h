#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ocrtune/image/exif.h"

namespace ocrtune {

/// What a WebP file has besides the pixels of one image.
struct WebpParts {
  Exif exif;  ///< of the image as it is stored
  /// Of an animation, a WebP file of its first image, which may be smaller than the animation and
  /// whose orientation is that of `exif`; empty: the file is no animation.
  std::vector<std::byte> first_image;
};

/// Reads the chunks of a WebP file without decoding. Chunks behind a damaged one are not there.
/// Throws Error(input_unreadable) if an animation has no whole first image. Thread-safe.
WebpParts webp_parts(std::span<const std::byte> bytes);

}  // namespace ocrtune
