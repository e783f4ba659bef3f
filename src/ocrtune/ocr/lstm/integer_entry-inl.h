// First layers of a network. Included once for each instruction set.

#if defined(OCRTUNE_OCR_LSTM_INTEGER_ENTRY_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_OCR_LSTM_INTEGER_ENTRY_INL_H_
#undef OCRTUNE_OCR_LSTM_INTEGER_ENTRY_INL_H_
#else
#define OCRTUNE_OCR_LSTM_INTEGER_ENTRY_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "ocrtune/ocr/lstm/integer_connected-inl.h"
#include "ocrtune/ocr/lstm/line_input.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {

/// A convolution of 3 × 3 px with its fully connected layer and max-pool in one: the pool takes the
/// greatest sums, which also have the greatest activations, since scales and activations preserve
/// their order.
template <class Dot>
class PooledConvolution {
 public:
  using Cell = typename Dot::Cell;

  /// Layers that begins_with_pooled_convolution() finds.
  explicit PooledConvolution(std::span<const Layer> layers)
      : PooledConvolution(std::get<FullyConnected>(layers[1].kind),
                          std::get<Maxpool>(layers[2].kind)) {}

  [[nodiscard]] View<Cell> run(const LineInput& line, Workspace& workspace) const {
    const Columns columns = copy_columns(line, workspace);
    const View<Cell> out = take_view<Dot>(
        workspace, {.height = line.height / pool_.y_scale, .width = line.width / pool_.x_scale},
        outputs_);
    const std::ptrdiff_t panels = weights_.panels();
    auto* sums = workspace.take<std::int32_t>(static_cast<std::size_t>(panels * kLanes));
    for (int x = 0; x < out.size.width; ++x) {
      for (int y = 0; y < out.size.height; ++y) {
        for (int panel = 0; panel < panels; ++panel) {
          hn::Store(pooled_sums(columns, y, x, panel), Ints(), sums + panel * kLanes);
        }
        finish_position<Dot>(weights_, activation_, sums, out.at(y, x));
      }
    }
    return out;
  }

 private:
  /// A column's three cells, padded to whole words.
  static constexpr int kColumnWords = (3 + Dot::kWordCells - 1) / Dot::kWordCells;
  static constexpr std::ptrdiff_t kColumnCells = std::ptrdiff_t{kColumnWords} * Dot::kWordCells;

  /// The line, column after column, and the neighbourhoods of its border, column by column too.
  struct Columns {
    int height = 0;
    int width = 0;
    const Cell* cells = nullptr;
    const Cell* border = nullptr;

    /// Beginning of the neighbourhood of a position, and the distance between its columns.
    [[nodiscard]] std::pair<const Cell*, std::ptrdiff_t> around(int y, int x) const {
      if (y > 0 && y + 1 < height && x > 0 && x + 1 < width) {
        return {cells + static_cast<std::ptrdiff_t>(x - 1) * height + y - 1, height};
      }
      return {border + border_index(y, x) * 3 * kColumnCells, kColumnCells};
    }
    /// Top, bottom, left and right border, each in order.
    [[nodiscard]] std::ptrdiff_t border_index(int y, int x) const {
      if (y == 0) return x;
      if (y + 1 == height) return width + x;
      return 2 * static_cast<std::ptrdiff_t>(width) + (x == 0 ? 0 : height) + y;
    }
  };

  PooledConvolution(const FullyConnected& connected, const Maxpool& pool)
      : pool_(pool),
        outputs_(connected.weights.outputs),
        activation_(connected.activation),
        weights_({&connected.weights, 1},
                 std::array{InputRange{.begin = 0, .count = 3}, InputRange{.begin = 3, .count = 3},
                            InputRange{.begin = 6, .count = 3}},
                 argument_scale(connected.activation)) {}

  static Columns copy_columns(const LineInput& line, Workspace& workspace) {
    const auto height = static_cast<std::ptrdiff_t>(line.height);
    const auto width = static_cast<std::ptrdiff_t>(line.width);
    auto* cells = workspace.take<Cell>(static_cast<std::size_t>(height * width));
    for (std::ptrdiff_t y = 0; y < height; ++y) {
      const std::int8_t* from = line.quantised.data() + y * width;
      for (std::ptrdiff_t x = 0; x < width; ++x) {
        cells[x * height + y] = static_cast<Cell>(from[x] + Dot::kZero);
      }
    }
    auto* border =
        workspace.take<Cell>(static_cast<std::size_t>(2 * (width + height) * 3 * kColumnCells));
    const Columns columns{
        .height = line.height, .width = line.width, .cells = cells, .border = border};
    for (int y = 0; y < line.height; ++y) {
      const bool all = y == 0 || y + 1 == line.height;
      for (int x = 0; x < line.width; x += all || x + 1 == line.width ? 1 : line.width - 1) {
        fill_border(columns, y, x, border + columns.border_index(y, x) * 3 * kColumnCells,
                    workspace.noise());
      }
    }
    return columns;
  }

  static void fill_border(const Columns& columns, int y, int x, Cell* to, BorderNoise& noise) {
    for (int from_x = x - 1; from_x <= x + 1; ++from_x, to += kColumnCells) {
      for (int i = 0; i < 3; ++i) {
        const int from_y = y - 1 + i;
        const bool inside =
            from_x >= 0 && from_x < columns.width && from_y >= 0 && from_y < columns.height;
        to[i] = inside
                    ? columns.cells[static_cast<std::ptrdiff_t>(from_x) * columns.height + from_y]
                    : static_cast<Cell>(noise.quantised(1)[0] + Dot::kZero);
      }
    }
  }

  [[nodiscard]] HWY_INLINE IntVector pooled_sums(const Columns& columns, int y, int x,
                                                 int panel) const {
    const Ints d;
    IntVector weights[3 * kColumnWords];
    HWY_UNROLL(32)
    for (int word = 0; word < 3 * kColumnWords; ++word) {
      weights[word] = hn::Load(d, weights_.word(panel, word));
    }
    auto greatest = hn::Set(d, hwy::LowestValue<std::int32_t>());
    for (int from_x = x * pool_.x_scale; from_x < (x + 1) * pool_.x_scale; ++from_x) {
      for (int from_y = y * pool_.y_scale; from_y < (y + 1) * pool_.y_scale; ++from_y) {
        auto [cells, stride] = columns.around(from_y, from_x);
        auto sum = hn::Zero(d);
        HWY_UNROLL(32)
        for (int word = 0; word < 3 * kColumnWords; ++word) {
          const Cell* from = cells + word / kColumnWords * stride +
                             static_cast<std::ptrdiff_t>(word % kColumnWords) * Dot::kWordCells;
          sum = Dot::multiply_add(sum, broadcast_word<Dot>(from), weights[word]);
        }
        greatest = hn::Max(greatest, sum);
      }
    }
    return hn::Add(greatest, hn::Load(d, weights_.biases(panel)));
  }

  Maxpool pool_;
  int outputs_;
  Activation activation_;
  PackedWeights<Dot> weights_;
};

/// The line unchanged, one feature per position.
template <class Dot>
View<typename Dot::Cell> copy_line(const LineInput& line, Workspace& workspace) {
  const auto view = take_view<Dot>(workspace, {.height = line.height, .width = line.width}, 1);
  const std::int8_t* from = line.quantised.data();
  for (int y = 0; y < line.height; ++y) {
    for (int x = 0; x < line.width; ++x) {
      *view.at(y, x) = static_cast<typename Dot::Cell>(*from++ + Dot::kZero);
    }
  }
  return view;
}

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
