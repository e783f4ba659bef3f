#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune {

/// The parts of an image that are JPEG files, one below the other, each as wide as the image.
struct JpegStrips {
  std::size_t width = 0;                           ///< px, of the image
  std::size_t height = 0;                          ///< px, of the image: of all strips together
  std::span<const std::byte> tables = {};          ///< a file of tables alone; empty: none
  std::vector<std::span<const std::byte>> strips;  ///< at least one
  bool is_rgb = false;  ///< three components are RGB, whatever the files say
};

/// One JPEG file of the same coefficients, with Huffman coding, without metadata, and of RGB with
/// the mark that says so; progressive if the first strip is progressive or has arithmetic coding.
/// Empty if the strips are damaged or are not such an image. Thread-safe.
std::vector<std::byte> joined_jpeg(const JpegStrips& image);

}  // namespace ocrtune
