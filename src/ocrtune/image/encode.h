#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/image/image.h"

namespace ocrtune {

/// File formats of written pages.
enum class OutputFormat {
  png,  ///< PNG
  tiff  ///< TIFF with LZW
};

/// The encoded page: 8-bit gray, lossless (PNG, or TIFF with LZW), with its resolution. Throws
/// Error(output_unwritable) if the encoder fails. Thread-safe.
std::vector<std::byte> encode(const Image& image, OutputFormat format);

/// ".png" or ".tif".
std::string extension_of(OutputFormat format);

}  // namespace ocrtune
