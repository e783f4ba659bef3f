#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "ocrtune/image/limits.h"
#include "ocrtune/image/page_file.h"

namespace ocrtune {

/// TIFF with any number of pages: 1 to 16 bits per sample; black and white, gray, palette, RGB,
/// CMYK, YCbCr; any compression that libtiff supports. Errors as open_pages.
std::unique_ptr<PageFile> open_tiff(std::span<const std::byte> bytes, const DecodeLimits& limits);

}  // namespace ocrtune
