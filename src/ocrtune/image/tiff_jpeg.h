#pragma once

#include <tiffio.h>

#include <cstddef>
#include <vector>

namespace ocrtune {

/// The image of the directory that is read as a JPEG file of the same coefficients; empty unless
/// its compression is that of JPEG in strips, of gray, YCbCr or RGB in 8 bits.
std::vector<std::byte> stored_jpeg_of(TIFF* tiff);

}  // namespace ocrtune
