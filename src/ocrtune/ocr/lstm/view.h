#pragma once

#include <array>
#include <cstddef>

namespace ocrtune::lstm {

struct GridSize {
  int height = 0;
  int width = 0;

  [[nodiscard]] GridSize turned() const { return {.height = width, .width = height}; }
};

/// Features are aligned so that vectors and words of cells may extend beyond a position's last.
constexpr int kFeatureAlignment = 16;

constexpr std::ptrdiff_t padded_features(int features) {
  return static_cast<std::ptrdiff_t>(features + kFeatureAlignment - 1) / kFeatureAlignment *
         kFeatureAlignment;
}

/// A grid of positions, each with contiguous features, in memory that it does not own. May be a
/// reversed or transposed view.
template <typename Cell>
struct View {
  Cell* cells = nullptr;
  GridSize size;
  std::ptrdiff_t y_stride = 0;
  std::ptrdiff_t x_stride = 0;

  [[nodiscard]] Cell* at(int y, int x) const { return cells + y * y_stride + x * x_stride; }

  [[nodiscard]] View transposed() const {
    return {.cells = cells, .size = size.turned(), .y_stride = x_stride, .x_stride = y_stride};
  }
  [[nodiscard]] View reversed_x() const {
    return {
        .cells = at(0, size.width - 1), .size = size, .y_stride = y_stride, .x_stride = -x_stride};
  }
  [[nodiscard]] View reversed_y() const {
    return {
        .cells = at(size.height - 1, 0), .size = size, .y_stride = -y_stride, .x_stride = x_stride};
  }
};

/// The same layer's views of several lines, the widest first.
template <typename Cell>
class Batch {
 public:
  static constexpr int kMax = 16;

  [[nodiscard]] int size() const { return size_; }
  [[nodiscard]] const View<Cell>& operator[](int line) const {
    return views_[static_cast<std::size_t>(line)];
  }
  /// There must be fewer than kMax.
  void add(const View<Cell>& view) { views_[static_cast<std::size_t>(size_++)] = view; }

 private:
  std::array<View<Cell>, kMax> views_;
  int size_ = 0;
};

}  // namespace ocrtune::lstm
