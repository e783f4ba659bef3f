#pragma once

#include <tiffio.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ocrtune {

/// A field of the directory that is read, or its default.
template <typename Value>
Value tiff_field(TIFF* tiff, std::uint32_t tag) {
  Value value{};
  TIFFGetFieldDefaulted(tiff, tag, &value);
  return value;
}

/// The image of the directory that is read as a JPEG file of the same coefficients; empty unless
/// its compression is that of JPEG in strips, of gray, YCbCr or RGB in 8 bits.
std::vector<std::byte> stored_jpeg_of(TIFF* tiff);

}  // namespace ocrtune
