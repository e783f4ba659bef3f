#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "ocrtune/image/limits.h"
#include "ocrtune/image/page_file.h"

namespace ocrtune {

/// Default resolution for rendering PDF pages that are not scans, dpi.
inline constexpr int kPdfDpi = 300;

/// Range of resolutions for rendering PDF pages, dpi.
inline constexpr int kMinPdfDpi = 36;
inline constexpr int kMaxPdfDpi = 1200;

/// PDF pages rendered by Poppler at limits.pdf_dpi; if it is unset, scans at their own resolution
/// (pdf_scans.h). Errors as open_pages; a file locked with a password is an error.
std::unique_ptr<PageFile> open_pdf(std::span<const std::byte> bytes, const DecodeLimits& limits);

}  // namespace ocrtune
