#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "ocrtune/image/limits.h"
#include "ocrtune/image/page_file.h"

namespace ocrtune {

/// Opens PNG, JPEG, TIFF (all its pages), WebP, HEIF, AVIF, PNM or PDF by content. The bytes must
/// outlive the result. Throws Error(input_unreadable), without the file's name, for anything else,
/// for damaged files and for files over the limits.
std::unique_ptr<PageFile> open_pages(std::span<const std::byte> bytes, const DecodeLimits& limits);

}  // namespace ocrtune
