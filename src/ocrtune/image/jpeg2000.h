#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "ocrtune/image/limits.h"
#include "ocrtune/image/page_file.h"

namespace ocrtune {

/// A JPEG 2000 file (JP2, or a bare codestream) as a page, decoded by OpenJPEG: gray, sRGB or sYCC,
/// 1 to 16 bits a sample, with a palette or transparency. A file that is cut off is damaged. Throws
/// Error(input_unreadable).
std::unique_ptr<PageFile> open_jpeg2000(std::span<const std::byte> bytes,
                                        const DecodeLimits& limits);

}  // namespace ocrtune
