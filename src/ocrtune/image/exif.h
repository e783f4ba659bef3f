#pragma once

#include <cstddef>
#include <span>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// What the EXIF metadata of an image state.
struct Exif {
  int orientation = 1;  ///< 1 to 8, see upright() in orientation.h
  Resolution dpi;       ///< of the stored pixels, as stated_resolution() has it
};

/// Reads the first directory of the metadata, a TIFF file, before which the mark "Exif" may stand.
/// What is damaged is not stated. Thread-safe.
Exif read_exif(std::span<const std::byte> bytes);

}  // namespace ocrtune
