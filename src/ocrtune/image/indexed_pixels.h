#pragma once

#include <cstddef>
#include <opencv2/core/mat.hpp>
#include <optional>
#include <vector>

namespace ocrtune {

/// An image of few colours.
struct IndexedPixels {
  cv::Mat indices;                 ///< 8 bits; of `palette`
  std::vector<std::byte> palette;  ///< RGB after RGB, from dark to light

  /// Number of colours.
  [[nodiscard]] std::size_t colours() const { return palette.size() / 3; }
  /// Bits that an index needs: 1, 2, 4 or 8.
  [[nodiscard]] int bits() const;
};

/// Rows of so many bits for each index, in whole bytes, each row after `before` bytes of zeros.
/// Pure.
std::vector<unsigned char> packed_rows(const cv::Mat& indices, int bits, std::size_t before);

/// An image of 8-bit gray or BGR by its colours; nothing if it has more than `most`, at most 256.
/// Pure.
std::optional<IndexedPixels> indexed_pixels(const cv::Mat& pixels, std::size_t most);

}  // namespace ocrtune
