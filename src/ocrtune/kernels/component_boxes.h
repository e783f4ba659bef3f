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

/// Pixels beside each other in a row that belong to a component: from `begin` to before `end`.
struct ComponentRun {
  int y = 0;
  int begin = 0;
  int end = 0;
  std::uint32_t component = 0;  ///< index of its box
};

/// Components and their pixels, which come row by row and from left to right.
struct Components {
  std::vector<ComponentBox> boxes;
  std::vector<ComponentRun> runs;
};

enum class Connectivity { four, eight };

/// The connected components of the pixels of an 8-bit image that are not 0, in the order of their
/// topmost and there leftmost pixels. `mask` may have any size from 0 x 0 and may be a view.
/// Throws cv::Exception for another type of image. Pure; thread-safe.
Components components(const cv::Mat& mask, Connectivity connectivity = Connectivity::eight);

/// The boxes alone: memory grows with the runs of a row and with the number of components.
std::vector<ComponentBox> component_boxes(const cv::Mat& mask,
                                          Connectivity connectivity = Connectivity::eight);

}  // namespace ocrtune
