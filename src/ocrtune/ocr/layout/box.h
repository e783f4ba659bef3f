#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>

namespace ocrtune::layout {

/// A box of pixels with y upwards from the image's lower edge, as in Tesseract; right and top
/// excluded.
struct Box {
  int left = 0;
  int bottom = 0;
  int right = 0;
  int top = 0;

  /// An empty box: joined with another, it gives the other.
  static Box nothing() {
    constexpr int kFar = std::numeric_limits<std::int16_t>::max();
    return {.left = kFar, .bottom = kFar, .right = -kFar, .top = -kFar};
  }

  [[nodiscard]] bool empty() const { return left >= right || bottom >= top; }
  [[nodiscard]] int width() const { return empty() ? 0 : right - left; }
  [[nodiscard]] int height() const { return empty() ? 0 : top - bottom; }
  [[nodiscard]] int middle_x() const { return (left + right) / 2; }
  [[nodiscard]] bool holds(const Box& other) const {
    return left <= other.left && other.right <= right && bottom <= other.bottom && other.top <= top;
  }

  friend bool operator==(const Box&, const Box&) = default;
};

/// The smallest box around both.
inline Box joined(const Box& a, const Box& b) {
  return {.left = std::min(a.left, b.left),
          .bottom = std::min(a.bottom, b.bottom),
          .right = std::max(a.right, b.right),
          .top = std::max(a.top, b.top)};
}

/// The smallest box around all; Box::nothing() without any.
inline Box around(std::span<const Box> boxes) {
  Box box = Box::nothing();
  for (const Box& each : boxes) box = joined(box, each);
  return box;
}

/// The intersection; empty if they are apart.
inline Box common(const Box& a, const Box& b) {
  return {.left = std::max(a.left, b.left),
          .bottom = std::max(a.bottom, b.bottom),
          .right = std::min(a.right, b.right),
          .top = std::min(a.top, b.top)};
}

}  // namespace ocrtune::layout
