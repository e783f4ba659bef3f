#pragma once

#include <cstddef>
#include <opencv2/core.hpp>
#include <span>

namespace ocrtune {

/// Decodes a JPEG file with libjpeg: 8-bit gray from its luminance, or BGR if `in_colour`, the
/// pixels of cv::imdecode. Empty where that takes more than libjpeg (four components, an
/// orientation tag) or where libjpeg has a warning. Thread-safe.
cv::Mat decode_jpeg(std::span<const std::byte> bytes, bool in_colour);

/// Whether libjpeg decodes all rows of a JPEG file without a warning; false for one of several
/// scans, as progressive ones are. Thread-safe.
bool all_rows_decode(std::span<const std::byte> bytes);

}  // namespace ocrtune
