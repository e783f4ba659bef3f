#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "ocrtune/image/decode.h"

namespace ocrtune {

/// PDF pages rendered by Poppler at limits.pdf_dpi. Errors as open_pages; a file locked with a
/// password is one.
std::unique_ptr<PageFile> open_pdf(std::span<const std::byte> bytes, const DecodeLimits& limits);

}  // namespace ocrtune
