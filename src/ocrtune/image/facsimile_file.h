#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/image/facsimile.h"

namespace ocrtune {

/// An image file.
struct ImageFile {
  std::string extension;         ///< ".jpg" or ".png"
  std::vector<std::byte> bytes;  ///< its content
};

/// The extensions of image_file_of().
const std::vector<std::string>& image_file_extensions();

/// The MIME type of a file with one of these extensions.
std::string mime_type_of(const std::string& extension);

/// A facsimile as a file of its own, upright and without loss: JPEG as it is, else PNG. `page` is
/// the same page, with its colours. Throws Error(input_unreadable) if the encoder fails.
/// Thread-safe.
ImageFile image_file_of(const Facsimile& facsimile, const Image& page);

}  // namespace ocrtune
