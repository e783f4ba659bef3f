#pragma once

#include <cstddef>
#include <functional>
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

/// A facsimile as a file of its own, upright and without loss: JPEG as it is, else PNG. `page`
/// gives the same page with its colours, and is called where the coding of the facsimile can't be
/// kept. Throws Error(input_unreadable) if the encoder fails, and what `page` throws. Thread-safe.
ImageFile image_file_of(Facsimile facsimile, const std::function<Image()>& page);

}  // namespace ocrtune
