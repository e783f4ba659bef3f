#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/image/limits.h"
#include "ocrtune/image/page_file.h"

namespace ocrtune {

/// TIFF with any number of pages: 1 to 16 bits per sample; black and white, gray, palette, RGB,
/// CMYK, YCbCr; any compression that libtiff supports. Errors as open_pages.
std::unique_ptr<PageFile> open_tiff(std::span<const std::byte> bytes, const DecodeLimits& limits);

/// What a page of a TIFF file with JPEG compression stores.
struct StoredJpeg {
  std::vector<std::byte> file;  ///< the page as a JPEG file, from the same coefficients; or empty
  int orientation = 1;          ///< how it has the page's pixels, as upright() takes it
};

/// Page `page` of a TIFF file that open_tiff() opens, from 0. Empty unless its compression is that
/// of JPEG in strips, of gray, YCbCr or RGB in 8 bits. Thread-safe.
StoredJpeg jpeg_of_tiff(std::span<const std::byte> bytes, int page);

}  // namespace ocrtune
