#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "ocrtune/image/facsimile.h"

namespace ocrtune {

/// The JPEG file itself as a facsimile, with its orientation; coded anew, from the same
/// coefficients, where documents may not have its coding. Nothing if they can't have it in any.
/// `page` is what it is decoded to. Thread-safe.
std::optional<Facsimile> embedded_jpeg(std::span<const std::byte> bytes, const Image& page);

/// A JPEG file that was put together from a page's file, if its pixels are exactly those of the
/// page, which is decoded with its colours. Thread-safe.
std::optional<Facsimile> embedded_jpeg_of(std::vector<std::byte> jpeg, int orientation,
                                          const Image& page);

}  // namespace ocrtune
