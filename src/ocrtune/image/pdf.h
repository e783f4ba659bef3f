#pragma once

#include <cstddef>
#include <memory>
#include <span>

#include "ocrtune/image/decode.h"

namespace ocrtune {

/// What pages of PDFs are rendered at that are no scans, where nobody asks for another resolution.
inline constexpr int kPdfDpi = 300;

/// Resolutions that PDF pages can be rendered at.
inline constexpr int kLeastPdfDpi = 36;
inline constexpr int kMostPdfDpi = 1200;

/// PDF pages rendered by Poppler at limits.pdf_dpi; where there is none, scans at their own
/// resolution (pdf_scans.h). Errors as open_pages; a file locked with a password is one.
std::unique_ptr<PageFile> open_pdf(std::span<const std::byte> bytes, const DecodeLimits& limits);

}  // namespace ocrtune
