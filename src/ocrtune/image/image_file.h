#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "ocrtune/image/format.h"
#include "ocrtune/image/limits.h"
#include "ocrtune/image/page_file.h"

namespace ocrtune {

/// Opens a PNG, JPEG, WebP or PNM file, which has one page, or a TIFF file with all its pages. The
/// bytes, of that format, must outlive the result. Throws Error(input_unreadable), without the
/// file's name, for damaged files and for files over the limits.
std::unique_ptr<PageFile> open_image_file(Format format, std::span<const std::byte> bytes,
                                          const DecodeLimits& limits);

}  // namespace ocrtune
