#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <span>

namespace ocrtune {

/// The first image of a GIF file: its size, px, and how many bytes of the file end with it.
struct GifImage {
  int width = 0;
  int height = 0;
  std::size_t end = 0;
};

/// Nothing if the file ends before it is whole. Thread-safe.
std::optional<GifImage> first_gif_image(std::span<const std::byte> bytes);

/// The first image of a GIF file in BGR, decoded by Leptonica; empty if it is damaged. Thread-safe.
cv::Mat decode_gif(std::span<const std::byte> bytes);

}  // namespace ocrtune
