#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <span>

namespace ocrtune {

/// Decodes a PNG file of up to 8 bits a sample with libpng: 8-bit gray (of colours: libpng's with
/// the weights 0.299 and 0.587 for red and green), or BGR if `in_colour`, the pixels of
/// cv::imdecode. Empty where that takes more than libpng (16 bits, transparency, an orientation
/// tag) or where libpng has a warning. Thread-safe.
cv::Mat decode_png(std::span<const std::byte> bytes, bool in_colour);

}  // namespace ocrtune
