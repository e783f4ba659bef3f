// Fully connected steps. Included once for each instruction set.

#if defined(OCRTUNE_OCR_LSTM_INTEGER_CONNECTED_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_OCR_LSTM_INTEGER_CONNECTED_INL_H_
#undef OCRTUNE_OCR_LSTM_INTEGER_CONNECTED_INL_H_
#else
#define OCRTUNE_OCR_LSTM_INTEGER_CONNECTED_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>

#include "ocrtune/ocr/lstm/integer_math-inl.h"
#include "ocrtune/ocr/lstm/integer_step-inl.h"
#include "ocrtune/ocr/lstm/integer_weights-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {

/// Positions whose sums for the panels of a group are held in registers together.
constexpr int kTileRows = HWY_TARGET <= HWY_AVX3 ? 6 : 3;

/// Sums of several positions for the panels of a group; written to `to` position after position,
/// `to_stride` apart.
template <class Dot, int kRows, int kPanels>
HWY_NOINLINE void sum_tile(const PackedWeights<Dot>& weights, int panel,
                           const typename Dot::Cell* cells, std::ptrdiff_t stride, std::int32_t* to,
                           std::ptrdiff_t to_stride) {
  const Ints d;
  const typename Dot::Cell* rows[kRows];
  IntVector sums[kRows][kPanels];
  HWY_UNROLL(32)
  for (int row = 0; row < kRows; ++row) {
    rows[row] = cells + row * stride;
    HWY_UNROLL(32)
    for (int p = 0; p < kPanels; ++p) {
      sums[row][p] = hn::Load(d, weights.biases(panel) + p * kLanes);
    }
  }
  multiply_words<Dot, kRows, 1, kPanels>(weights.weights(panel), 0, weights.words(), rows, sums);
  HWY_UNROLL(32)
  for (int row = 0; row < kRows; ++row) {
    HWY_UNROLL(32)
    for (int p = 0; p < kPanels; ++p) {
      hn::Store(sums[row][p], d, to + row * to_stride + p * kLanes);
    }
  }
}

template <class Dot, int kRows>
HWY_INLINE void sum_group(const PackedWeights<Dot>& weights, int panel,
                          const typename Dot::Cell* cells, std::ptrdiff_t stride, std::int32_t* to,
                          std::ptrdiff_t to_stride) {
  switch (weights.group_at(panel)) {
    case 1:
      return sum_tile<Dot, kRows, 1>(weights, panel, cells, stride, to, to_stride);
    case 2:
      return sum_tile<Dot, kRows, 2>(weights, panel, cells, stride, to, to_stride);
    case 3:
      return sum_tile<Dot, kRows, 3>(weights, panel, cells, stride, to, to_stride);
    default:
      return sum_tile<Dot, kRows, kGroupPanels>(weights, panel, cells, stride, to, to_stride);
  }
}

/// Sums of `count` positions that are `stride` apart. `to` gets all panels of a position, then the
/// next.
template <class Dot>
void sum_rows(const PackedWeights<Dot>& weights, const typename Dot::Cell* cells,
              std::ptrdiff_t stride, int count, std::int32_t* to) {
  const std::ptrdiff_t to_stride = weights.panels() * kLanes;
  for (int panel = 0; panel < weights.panels(); panel += kGroupPanels) {
    std::int32_t* group_to = to + panel * kLanes;
    int row = 0;
    for (; row + kTileRows <= count; row += kTileRows) {
      sum_group<Dot, kTileRows>(weights, panel, cells + row * stride, stride,
                                group_to + row * to_stride, to_stride);
    }
    for (; row < count; ++row) {
      sum_group<Dot, 1>(weights, panel, cells + row * stride, stride, group_to + row * to_stride,
                        to_stride);
    }
  }
}

/// A vector of sums as activations.
HWY_INLINE FloatVector scaled_sums(const std::int32_t* sums, const float* scales) {
  const Floats d;
  return hn::Mul(hn::ConvertTo(d, hn::Load(Ints(), sums)), hn::Load(d, scales));
}

/// Factor for the weights of a layer, which makes sums the arguments of its activation for
/// finish_position(). A power of 2: nothing is rounded.
inline float argument_scale(Activation activation) {
  const bool table = activation == Activation::tanh || activation == Activation::logistic;
  return table ? ActivationTable::kScale : 1.0F;
}

HWY_INLINE FloatVector activate(const ActivationTables& tables, Activation activation,
                                FloatVector argument) {
  const Floats d;
  TablePlace place;
  switch (activation) {
    case Activation::tanh:
      find_place(argument, place);
      return tanh_at(tables, place);
    case Activation::logistic:
      find_place(argument, place);
      return logistic_at(tables, place);
    case Activation::relu:
      return hn::Min(hn::Max(argument, hn::Zero(d)), hn::Set(d, 1.0F));
    case Activation::linear:
    case Activation::softmax:
      break;
  }
  return hn::Min(hn::Max(argument, hn::Set(d, -1.0F)), hn::Set(d, 1.0F));
}

/// Converts the sums of a position into cells.
template <class Dot>
HWY_INLINE void finish_position(const PackedWeights<Dot>& weights, Activation activation,
                                const std::int32_t* sums, typename Dot::Cell* to) {
  const ActivationTables tables;
  for (int panel = 0; panel < weights.panels(); ++panel) {
    const std::ptrdiff_t lane = panel * kLanes;
    const auto values = scaled_sums(sums + lane, weights.scales(panel));
    store_cells<Dot>(activate(tables, activation, values), to + lane);
  }
}

template <class Dot>
class ConnectedStep : public Step<Dot> {
 public:
  using Cell = typename Dot::Cell;

  ConnectedStep(const Layer& layer, const FullyConnected& connected)
      : Step<Dot>(layer.inputs, layer.outputs),
        activation_(connected.activation),
        weights_({&connected.weights, 1}, std::array{InputRange{.begin = 0, .count = layer.inputs}},
                 argument_scale(connected.activation)) {}

  void run_view(const View<Cell>& in, const View<Cell>& out, Workspace& workspace) const override {
    const std::ptrdiff_t row_sums = weights_.panels() * kLanes;
    const std::size_t mark = workspace.mark();
    auto* sums = workspace.take<std::int32_t>(static_cast<std::size_t>(row_sums) * kTileRows);
    for (int y = 0; y < in.size.height; ++y) {
      for (int x = 0; x < in.size.width; x += kTileRows) {
        const int count = std::min(kTileRows, in.size.width - x);
        sum_rows<Dot>(weights_, in.at(y, x), in.x_stride, count, sums);
        for (int i = 0; i < count; ++i) {
          finish_position<Dot>(weights_, activation_, sums + i * row_sums, out.at(y, x + i));
        }
      }
    }
    workspace.release(mark);
  }

 private:
  Activation activation_;
  PackedWeights<Dot> weights_;
};

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
