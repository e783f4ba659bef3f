// Weights packed for vectors. Included once for each instruction set.

#if defined(OCRTUNE_OCR_LSTM_INTEGER_WEIGHTS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_OCR_LSTM_INTEGER_WEIGHTS_INL_H_
#undef OCRTUNE_OCR_LSTM_INTEGER_WEIGHTS_INL_H_
#else
#define OCRTUNE_OCR_LSTM_INTEGER_WEIGHTS_INL_H_
#endif

#include <hwy/aligned_allocator.h>
#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <numeric>
#include <span>
#include <vector>

#include "ocrtune/base/aligned_memory.h"
#include "ocrtune/ocr/lstm/integer_dot-inl.h"
#include "ocrtune/ocr/lstm/weight_matrix.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {

/// Memory for vectors, initially zero.
template <typename Value>
class AlignedArray {
 public:
  HWY_NOINLINE explicit AlignedArray(std::size_t size) : values_(aligned_memory<Value>(size)) {
    std::fill_n(values_.get(), size, Value{});
  }
  [[nodiscard]] Value* data() { return values_.get(); }
  [[nodiscard]] const Value* data() const { return values_.get(); }

 private:
  hwy::AlignedFreeUniquePtr<Value[]> values_;
};

inline std::size_t panels_of(int outputs) {
  return (static_cast<std::size_t>(outputs) + kLanes - 1) / kLanes;
}

template <class Dot>
int words_of(int inputs) {
  return (inputs + Dot::kWordCells - 1) / Dot::kWordCells;
}

/// Inputs of a matrix that are contiguous in the data.
struct InputRange {
  int begin = 0;
  int count = 0;
};

/// Number of panels whose weights are stored together, word by word.
constexpr int kGroupPanels = 4;

/// Weights of matrices with the same inputs. An output is a lane of a panel; panels of the matrices
/// alternate. Each kGroupPanels panels are stored together: all words of the first range of inputs,
/// then those of the next. The last group may be smaller. The factors of the sums are multiplied by
/// `scale`.
template <class Dot>
class PackedWeights {
 public:
  PackedWeights(std::span<const WeightMatrix> matrices, std::span<const InputRange> ranges,
                float scale)
      : panels_(static_cast<int>(panels_of(matrices[0].outputs) * matrices.size())),
        words_(count_words(ranges)),
        weights_(static_cast<std::size_t>(panels_) * static_cast<std::size_t>(words_ * kLanes)),
        biases_(static_cast<std::size_t>(panels_ * kLanes)),
        scales_(static_cast<std::size_t>(panels_ * kLanes)) {
    const auto count = static_cast<std::ptrdiff_t>(matrices.size());
    for (std::ptrdiff_t m = 0; m < count; ++m) {
      const WeightMatrix& matrix = matrices[static_cast<std::size_t>(m)];
      for (int output = 0; output < matrix.outputs; ++output) {
        const auto panel = static_cast<int>(output / kLanes * count + m);
        const std::ptrdiff_t lane = output % kLanes;
        pack_row(matrix, output, ranges, panel, lane);
        scales_.data()[panel * kLanes + lane] =
            matrix.scales[static_cast<std::size_t>(output)] * scale;
      }
    }
  }

  [[nodiscard]] int panels() const { return panels_; }
  [[nodiscard]] int words() const { return words_; }
  /// The number of panels of the group that begins with `panel`.
  [[nodiscard]] int group_at(int panel) const { return std::min(kGroupPanels, panels_ - panel); }
  /// The words of the group that begins with `panel`; group_stride() after them are the next's.
  [[nodiscard]] const std::int32_t* weights(int panel) const {
    return weights_.data() + kLanes * words_ * panel;
  }
  [[nodiscard]] std::ptrdiff_t group_stride() const { return kLanes * kGroupPanels * words_; }
  /// A word of a panel.
  [[nodiscard]] const std::int32_t* word(int panel, int word) const {
    const int first = panel / kGroupPanels * kGroupPanels;
    return weights(first) + kLanes * word * group_at(first) + kLanes * (panel - first);
  }
  /// Initial sums over all inputs of the matrices, including those outside the ranges.
  [[nodiscard]] const std::int32_t* biases(int panel) const {
    return biases_.data() + panel * kLanes;
  }
  /// Factors of the sums.
  [[nodiscard]] const float* scales(int panel) const { return scales_.data() + panel * kLanes; }

 private:
  static int count_words(std::span<const InputRange> ranges) {
    int words = 0;
    for (const InputRange& range : ranges) words += words_of<Dot>(range.count);
    return words;
  }

  void pack_row(const WeightMatrix& matrix, int output, std::span<const InputRange> ranges,
                int panel, std::ptrdiff_t lane) {
    const std::int8_t* row = matrix.integers.data() + matrix.row(output);
    int at = 0;
    for (const InputRange& range : ranges) {
      for (int input = 0; input < range.count; input += Dot::kWordCells) {
        typename Dot::Weight packed[Dot::kWordCells] = {};
        std::copy_n(row + range.begin + input, std::min(Dot::kWordCells, range.count - input),
                    packed);
        std::memcpy(weights_.data() + (word(panel, at++) - weights_.data()) + lane, packed,
                    sizeof packed);
      }
    }
    const int total = std::accumulate(row, row + matrix.inputs, 0);
    biases_.data()[panel * kLanes + lane] = row[matrix.inputs] * 127 - Dot::kZero * total;
  }

  int panels_;
  int words_;
  AlignedArray<std::int32_t> weights_;
  AlignedArray<std::int32_t> biases_;
  AlignedArray<float> scales_;
};

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
