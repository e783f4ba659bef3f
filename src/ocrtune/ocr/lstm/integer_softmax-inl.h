// The last layer. Included once for each instruction set.

#if defined(OCRTUNE_OCR_LSTM_INTEGER_SOFTMAX_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_OCR_LSTM_INTEGER_SOFTMAX_INL_H_
#undef OCRTUNE_OCR_LSTM_INTEGER_SOFTMAX_INL_H_
#else
#define OCRTUNE_OCR_LSTM_INTEGER_SOFTMAX_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "ocrtune/ocr/lstm/activations.h"
#include "ocrtune/ocr/lstm/integer_connected-inl.h"
#include "ocrtune/ocr/lstm/line_output.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {

/// softmax() of `count` values; `to` gets the probabilities. For the same bits as Tesseract's, e^x
/// has to be the C library's, and its results are added up in order.
inline void softmax_to(float* values, std::ptrdiff_t count, float* to) {
  const Floats d;
  std::ptrdiff_t i = kLanes;
  float greatest = values[0];
  if (count >= kLanes) {
    auto lanes = hn::LoadU(d, values);
    for (; i + kLanes <= count; i += kLanes) lanes = hn::Max(lanes, hn::LoadU(d, values + i));
    greatest = hn::GetLane(hn::MaxOfLanes(d, lanes));
  }
  for (i = count / kLanes * kLanes; i < count; ++i) greatest = std::max(greatest, values[i]);
  float total = 0;
  for (i = 0; i < count; ++i) {
    values[i] = std::exp(std::max(values[i] - greatest, kMinExponent));
    total += values[i];
  }
  const auto totals = hn::Set(d, total);
  for (i = 0; i + kLanes <= count; i += kLanes) {
    hn::StoreU(hn::Div(hn::LoadU(d, values + i), totals), d, to + i);
  }
  for (; i < count; ++i) to[i] = values[i] / total;
}

/// Probabilities of the classes at each time step.
template <class Dot>
class SoftmaxEnd {
 public:
  using Cell = typename Dot::Cell;

  explicit SoftmaxEnd(const Layer& layer)
      : weights_({&std::get<FullyConnected>(layer.kind).weights, 1},
                 std::array{InputRange{.begin = 0, .count = layer.inputs}}, 1) {}

  void run(const View<Cell>& in, Workspace& workspace, LineOutput& out) const {
    const std::ptrdiff_t padded = weights_.panels() * kLanes;
    auto* sums = workspace.take<std::int32_t>(static_cast<std::size_t>(padded * kTileRows));
    auto* values = workspace.take<float>(static_cast<std::size_t>(padded));
    for (int step = 0; step < out.steps; step += kTileRows) {
      const int count = std::min(kTileRows, out.steps - step);
      sum_rows<Dot>(weights_, in.at(0, step), in.x_stride, count, sums);
      for (int i = 0; i < count; ++i) {
        for (int panel = 0; panel < weights_.panels(); ++panel) {
          const std::ptrdiff_t lane = panel * kLanes;
          hn::Store(scaled_sums(sums + i * padded + lane, weights_.scales(panel)), Floats(),
                    values + lane);
        }
        softmax_to(values, out.classes,
                   out.probabilities.data() + static_cast<std::ptrdiff_t>(step + i) * out.classes);
      }
    }
  }

 private:
  PackedWeights<Dot> weights_;
};

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
