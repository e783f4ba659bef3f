#pragma once

#include <cstddef>
#include <optional>
#include <span>

#include "ocrtune/image/facsimile.h"

namespace ocrtune {

/// The JP2 file itself as a facsimile if it is gray or sRGB of 8 bits, without palette,
/// transparency or components of lower resolution; else nothing, since viewers differ in what they
/// make of it. `page` is what it is decoded to. Thread-safe.
std::optional<Facsimile> embedded_jpeg2000(std::span<const std::byte> bytes, const Image& page);

}  // namespace ocrtune
