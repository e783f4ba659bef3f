#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <span>

namespace ocrtune {

/// The first image of a GIF file in BGR, decoded by Leptonica; empty if it is damaged. Thread-safe.
cv::Mat decode_gif(std::span<const std::byte> bytes);

}  // namespace ocrtune
