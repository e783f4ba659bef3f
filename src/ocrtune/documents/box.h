#pragma once

#include <algorithm>
#include <cstdint>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// A rectangle on a page (px, right and bottom excluded). 64 bits, so that sums of coordinates from
/// outside do not overflow.
struct Box {
  std::int64_t left = 0;
  std::int64_t top = 0;
  std::int64_t right = 0;
  std::int64_t bottom = 0;

  [[nodiscard]] std::int64_t width() const { return right - left; }
  [[nodiscard]] std::int64_t height() const { return bottom - top; }
  /// Twice the centre's x.
  [[nodiscard]] std::int64_t middle_x() const { return left + right; }
  [[nodiscard]] std::int64_t middle_y() const { return top + bottom; }
};

/// Whether a word has a position.
inline bool has_box(const Word& word) { return word.right > word.left && word.bottom > word.top; }

inline Box box_of(const Word& word) { return {word.left, word.top, word.right, word.bottom}; }

/// The smallest box around both. An empty one, of a word without a position, counts for nothing.
inline Box around(const Box& a, const Box& b) {
  if (a.width() <= 0) return b;
  if (b.width() <= 0) return a;
  return {.left = std::min(a.left, b.left),
          .top = std::min(a.top, b.top),
          .right = std::max(a.right, b.right),
          .bottom = std::max(a.bottom, b.bottom)};
}

}  // namespace ocrtune
