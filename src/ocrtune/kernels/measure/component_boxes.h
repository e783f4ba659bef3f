#pragma once

#include <cstddef>
#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace ocrtune {

/// Bounding box and number of pixels of a connected component.
struct ComponentBox {
  int left = 0;
  int top = 0;
  int right = 0;   ///< first column after it
  int bottom = 0;  ///< first row after it
  std::int64_t area = 0;

  [[nodiscard]] int width() const { return right - left; }
  [[nodiscard]] int height() const { return bottom - top; }
  bool operator==(const ComponentBox&) const = default;
};

/// A run of pixels of a component in a row: from `begin` to before `end`.
struct ComponentRun {
  int y = 0;
  int begin = 0;
  int end = 0;
  std::uint32_t component = 0;  ///< index of its box
};

/// Components and their pixels, ordered by rows and from left to right.
struct Components {
  std::vector<ComponentBox> boxes;
  std::vector<ComponentRun> runs;
};

enum class Connectivity { four, eight };

/// An image with one bit per pixel as Leptonica has it: 32 pixels of a row in a word, the leftmost
/// in the highest bit. Bits after the last pixel may hold anything.
struct PackedBits {
  const std::uint32_t* words = nullptr;
  std::ptrdiff_t words_per_row = 0;
  cv::Size size;
};

/// The connected components of the nonzero pixels of an 8-bit image, ordered by their topmost, then
/// leftmost pixel. `mask` may have any size from 0 x 0 and may be a view. Throws cv::Exception for
/// another type of image. Pure; thread-safe.
Components components(const cv::Mat& mask, Connectivity connectivity = Connectivity::eight);

/// The boxes alone; memory grows with the number of runs of a row and of components.
std::vector<ComponentBox> component_boxes(const cv::Mat& mask,
                                          Connectivity connectivity = Connectivity::eight);
std::vector<ComponentBox> component_boxes(const PackedBits& bits,
                                          Connectivity connectivity = Connectivity::eight);

}  // namespace ocrtune
