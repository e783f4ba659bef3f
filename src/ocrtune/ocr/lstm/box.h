#pragma once

#include <algorithm>

namespace ocrtune::lstm {

/// A box of pixels with y upwards from the image's lower edge, as Tesseract counts; right and top
/// excluded. A box that holds nothing has no width.
struct Box {
  int left = 0;
  int bottom = 0;
  int right = 0;
  int top = 0;

  [[nodiscard]] int width() const { return right - left; }
  [[nodiscard]] int height() const { return top - bottom; }
  [[nodiscard]] int middle_x() const { return (left + right) / 2; }

  friend bool operator==(const Box&, const Box&) = default;
};

/// The smallest box around both.
inline Box joined(const Box& a, const Box& b) {
  return {.left = std::min(a.left, b.left),
          .bottom = std::min(a.bottom, b.bottom),
          .right = std::max(a.right, b.right),
          .top = std::max(a.top, b.top)};
}

}  // namespace ocrtune::lstm
