#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "ocrtune/image/facsimile.h"

namespace ocrtune {

/// The rows of a PNG file as it stores them; nothing if they are interlaced, transparent or need
/// rotation. `bytes` must be a complete PNG. Thread-safe.
std::optional<Facsimile> png_rows(std::span<const std::byte> bytes, const Resolution& dpi);

/// The pixels of 8-bit gray or BGR as rows of a PNG file. Throws Error(input_unreadable) if the
/// encoder fails. Thread-safe.
Facsimile png_facsimile(const cv::Mat& pixels, const Resolution& dpi);

/// The pixels of 8-bit gray or BGR in the shortest of the lossless codings of documents: few
/// colours with a palette, two of them as CCITT Group 4. Throws Error(input_unreadable) if the
/// encoder fails. Thread-safe.
Facsimile shortest_facsimile(const cv::Mat& pixels, const Resolution& dpi);

/// The same only if there are few colours. Thread-safe.
std::optional<Facsimile> facsimile_of_few_colours(const cv::Mat& pixels, const Resolution& dpi);

/// Number of bytes that a document needs for the image. Pure.
std::size_t embedded_bytes(const Facsimile& image);

}  // namespace ocrtune
