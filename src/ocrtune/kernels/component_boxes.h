#pragma once

#include <cstdint>
#include <opencv2/core/mat.hpp>
#include <vector>

namespace ocrtune {

/// Where a connected component lies, and how many pixels it has.
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

/// The 8-connected components of the pixels of an 8-bit image that are not 0, in the order of their
/// topmost and there leftmost pixels. Memory grows with the runs of such pixels in a row and with
/// the number of components, not with the image. `mask` may have any size from 0 x 0 and may be a
/// view. Pure; thread-safe.
std::vector<ComponentBox> component_boxes(const cv::Mat& mask);

}  // namespace ocrtune
