#pragma once

#include <cstddef>
#include <vector>

namespace ocrtune::nlm {

/// So many that there is room for those between the first row that is not finished, with what is in
/// reach of it, and the last that is begun.
constexpr std::ptrdiff_t kRingRows = 128;

/// The values of the last kRingRows rows of an image.
template <typename T>
class Ring {
 public:
  /// `columns`: of a row; a vector more may be read and written.
  explicit Ring(std::ptrdiff_t columns)
      : columns_(columns + kMore), values_(static_cast<std::size_t>(kRingRows * columns_)) {}

  T* row(std::ptrdiff_t y) {
    const std::ptrdiff_t place = ((y % kRingRows) + kRingRows) % kRingRows;
    return values_.data() + place * columns_;
  }

 private:
  static constexpr std::ptrdiff_t kMore = 128;
  std::ptrdiff_t columns_;
  std::vector<T> values_;
};

}  // namespace ocrtune::nlm
