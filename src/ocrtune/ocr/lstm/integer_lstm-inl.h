// LSTM steps. Included once for each instruction set.

#if defined(OCRTUNE_OCR_LSTM_INTEGER_LSTM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_OCR_LSTM_INTEGER_LSTM_INL_H_
#undef OCRTUNE_OCR_LSTM_INTEGER_LSTM_INL_H_
#else
#define OCRTUNE_OCR_LSTM_INTEGER_LSTM_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "ocrtune/ocr/lstm/integer_connected-inl.h"
#include "ocrtune/ocr/lstm/integer_math-inl.h"
#include "ocrtune/ocr/lstm/integer_step-inl.h"
#include "ocrtune/ocr/lstm/integer_weights-inl.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {

/// Vectors of states (each has four of sums) that are held in registers together, where a row runs
/// alone, and where kBatchRows run side by side.
constexpr int kRowBlocks = HWY_TARGET <= HWY_AVX3 ? 4 : 3;
constexpr int kBatchBlocks = HWY_TARGET <= HWY_AVX3 ? 3 : 1;
constexpr int kBatchRows = HWY_TARGET <= HWY_AVX3 ? 2 : 3;

/// A row's way through an LSTM.
template <class Dot>
struct LstmRow {
  const std::int32_t* initial = nullptr;       ///< sums to begin with, of all panels
  const typename Dot::Cell* input = nullptr;   ///< the position's, where weights have them
  const typename Dot::Cell* before = nullptr;  ///< the last output
  typename Dot::Cell* output = nullptr;
  float* state = nullptr;
};

/// Takes a vector of states a time step on; where its next output lies in the table goes to
/// `shown`.
HWY_INLINE void update_states(const TablePlace* gates, float* states, TablePlace& shown) {
  const Floats d;
  const auto kept = hn::Mul(hn::Load(d, states), logistic_at(gates[Lstm::forget]));
  const auto added = hn::Mul(tanh_at(gates[Lstm::candidate]), logistic_at(gates[Lstm::input]));
  const auto greatest = hn::Set(d, 100.0F);
  const auto state = hn::Min(hn::Max(hn::Add(kept, added), hn::Neg(greatest)), greatest);
  hn::Store(state, d, states);
  find_place(hn::Mul(state, hn::Set(d, ActivationTable::kScale)), shown);
}

/// Takes kBlocks vectors of states of kRows rows a time step on.
template <class Dot, int kRows, int kBlocks>
HWY_NOINLINE void update_blocks(const PackedWeights<Dot>& weights, int panel, int input_words,
                                const LstmRow<Dot>* rows) {
  const Ints d;
  constexpr int kPanels = 4 * kBlocks;
  IntVector sums[kRows][kPanels];
  const typename Dot::Cell* inputs[kRows];
  const typename Dot::Cell* before[kRows];
  const std::ptrdiff_t lane = static_cast<std::ptrdiff_t>(panel) * kLanes;
  HWY_UNROLL(32)
  for (int row = 0; row < kRows; ++row) {
    inputs[row] = rows[row].input;
    before[row] = rows[row].before;
    HWY_UNROLL(32)
    for (int p = 0; p < kPanels; ++p) {
      sums[row][p] = hn::Load(d, rows[row].initial + lane + p * kLanes);
    }
  }
  const std::int32_t* words = weights.weights(panel);
  multiply_words<Dot>(words, input_words, inputs, sums);
  words += static_cast<std::ptrdiff_t>(input_words) * kPanels * kLanes;
  multiply_words<Dot>(words, weights.words() - input_words, before, sums);
  TablePlace gates[kRows][kPanels];
  HWY_UNROLL(32)
  for (int row = 0; row < kRows; ++row) {
    HWY_UNROLL(32)
    for (int p = 0; p < kPanels; ++p) {
      const auto scale = hn::Load(Floats(), weights.scales(panel + p));
      find_place(hn::Mul(hn::ConvertTo(Floats(), sums[row][p]), scale), gates[row][p]);
    }
  }
  TablePlace shown[kRows][kBlocks];
  for (int row = 0; row < kRows; ++row) {
    for (int block = 0; block < kBlocks; ++block) {
      update_states(gates[row] + 4 * block, rows[row].state + lane / 4 + block * kLanes,
                    shown[row][block]);
    }
  }
  for (int row = 0; row < kRows; ++row) {
    for (int block = 0; block < kBlocks; ++block) {
      const auto output =
          hn::Mul(tanh_at(shown[row][block]), logistic_at(gates[row][4 * block + Lstm::output]));
      store_cells<Dot>(output, rows[row].output + lane / 4 + block * kLanes);
    }
  }
}

/// Takes kRows rows a time step on; kMostBlocks: vectors of states in a group of the weights.
template <class Dot, int kRows, int kMostBlocks>
HWY_INLINE void update_rows(const PackedWeights<Dot>& weights, int input_words,
                            const LstmRow<Dot>* rows) {
  for (int panel = 0; panel < weights.panels(); panel += weights.group()) {
    const int blocks = weights.group_at(panel) / 4;
    if (blocks == 1) {
      update_blocks<Dot, kRows, 1>(weights, panel, input_words, rows);
    } else if (kMostBlocks > 1 && blocks == 2) {
      update_blocks<Dot, kRows, std::min(kMostBlocks, 2)>(weights, panel, input_words, rows);
    } else if (kMostBlocks > 2 && blocks == 3) {
      update_blocks<Dot, kRows, std::min(kMostBlocks, 3)>(weights, panel, input_words, rows);
    } else {
      update_blocks<Dot, kRows, kMostBlocks>(weights, panel, input_words, rows);
    }
  }
}

/// Panels of a group, so that groups are about alike.
inline int lstm_group(int states, int most_blocks) {
  const auto blocks = static_cast<int>(panels_of(states));
  const int groups = (blocks + most_blocks - 1) / most_blocks;
  return 4 * ((blocks + groups - 1) / groups);
}

/// The last two outputs of a row that gives only its last.
template <class Dot>
class LastOutputs {
 public:
  using Cell = typename Dot::Cell;

  LastOutputs(Workspace& workspace, int states)
      : size_(padded_features(states)),
        cells_(workspace.take<Cell>(static_cast<std::size_t>(2 * size_))) {}

  [[nodiscard]] Cell* of(int step) const { return cells_ + (step % 2) * size_; }

 private:
  std::ptrdiff_t size_;
  Cell* cells_;
};

/// What LSTM layers share: how a row's outputs follow each other.
template <class Dot>
class LstmStep : public Step<Dot> {
 public:
  using Cell = typename Dot::Cell;

  LstmStep(const Layer& layer, const Lstm& lstm)
      : Step<Dot>(layer.inputs, layer.outputs), summary_(lstm.summary), states_(lstm.states) {}

  [[nodiscard]] GridSize size_after(GridSize size) const override {
    if (summary_) size.width = 1;
    return size;
  }

 protected:
  [[nodiscard]] std::ptrdiff_t padded_states() const { return padded_features(states_); }
  [[nodiscard]] int states() const { return states_; }
  [[nodiscard]] bool summary() const { return summary_; }

  /// An output of zeros.
  [[nodiscard]] const Cell* no_output(Workspace& workspace) const {
    Cell* cells = workspace.take<Cell>(static_cast<std::size_t>(padded_states()));
    std::fill_n(cells, padded_states(), static_cast<Cell>(Dot::kZero));
    return cells;
  }

 private:
  bool summary_;
  int states_;
};

/// Rows one after the other: what the inputs add is summed up for many time steps at once.
template <class Dot>
class SequenceLstm : public LstmStep<Dot> {
 public:
  using Cell = typename Dot::Cell;

  SequenceLstm(const Layer& layer, const Lstm& lstm)
      : LstmStep<Dot>(layer, lstm),
        inputs_(lstm.gates, std::array{InputRange{.begin = 0, .count = layer.inputs}}, kTilePanels,
                ActivationTable::kScale),
        outputs_(lstm.gates, std::array{InputRange{.begin = layer.inputs, .count = lstm.states}},
                 lstm_group(lstm.states, kRowBlocks), ActivationTable::kScale) {}

  void run(const View<Cell>& in, const View<Cell>& out, Workspace& workspace) const override {
    const std::size_t mark = workspace.mark();
    const std::ptrdiff_t step_sums = static_cast<std::ptrdiff_t>(inputs_.panels()) * kLanes;
    auto* sums = workspace.take<std::int32_t>(static_cast<std::size_t>(step_sums * kChunk));
    auto* state = workspace.take<float>(static_cast<std::size_t>(this->padded_states()));
    const LastOutputs<Dot> last(workspace, this->states());
    const Cell* none = this->no_output(workspace);
    for (int y = 0; y < in.size.height; ++y) {
      std::fill_n(state, this->padded_states(), 0.0F);
      LstmRow<Dot> row{.before = none, .state = state};
      for (int x = 0; x < in.size.width; ++x) {
        if (x % kChunk == 0) {
          const int count = std::min(kChunk, in.size.width - x);
          sum_rows<Dot>(inputs_, in.at(y, x), in.x_stride, count, sums);
        }
        row.initial = sums + x % kChunk * step_sums;
        row.output = this->summary() ? last.of(x) : out.at(y, x);
        update_rows<Dot, 1, kRowBlocks>(outputs_, 0, &row);
        row.before = row.output;
      }
      if (this->summary()) std::copy_n(row.before, this->states(), out.at(y, 0));
    }
    workspace.release(mark);
  }

 private:
  static constexpr int kChunk = 8 * kTileRows;

  PackedWeights<Dot> inputs_;
  PackedWeights<Dot> outputs_;
};

/// Many short rows (the columns of a line) side by side.
template <class Dot>
class BatchLstm : public LstmStep<Dot> {
 public:
  using Cell = typename Dot::Cell;

  BatchLstm(const Layer& layer, const Lstm& lstm)
      : LstmStep<Dot>(layer, lstm),
        input_words_(words_of<Dot>(layer.inputs)),
        weights_(lstm.gates,
                 std::array{InputRange{.begin = 0, .count = layer.inputs},
                            InputRange{.begin = layer.inputs, .count = lstm.states}},
                 lstm_group(lstm.states, kBatchBlocks), ActivationTable::kScale) {}

  void run(const View<Cell>& in, const View<Cell>& out, Workspace& workspace) const override {
    const std::size_t mark = workspace.mark();
    const Buffers buffers = take_buffers(workspace);
    for (int y = 0; y < in.size.height; y += kRowsTogether) {
      run_rows(in, out, y, std::min(kRowsTogether, in.size.height - y), buffers);
    }
    workspace.release(mark);
  }

 private:
  static constexpr int kRowsTogether = 4 * kBatchRows;

  struct Buffers {
    float* states = nullptr;
    std::array<Cell*, 2> last{};
    const Cell* none = nullptr;
  };

  [[nodiscard]] Buffers take_buffers(Workspace& workspace) const {
    const auto size = static_cast<std::size_t>(kRowsTogether * this->padded_states());
    Buffers buffers;
    buffers.states = workspace.take<float>(size);
    for (Cell*& last : buffers.last) last = workspace.take<Cell>(size);
    buffers.none = this->no_output(workspace);
    return buffers;
  }

  void run_rows(const View<Cell>& in, const View<Cell>& out, int y, int count,
                const Buffers& buffers) const {
    const std::ptrdiff_t padded = this->padded_states();
    std::fill_n(buffers.states, count * padded, 0.0F);
    std::array<LstmRow<Dot>, kRowsTogether> rows;
    for (int i = 0; i < count; ++i) {
      rows[static_cast<std::size_t>(i)] = {.initial = weights_.biases(0),
                                           .before = buffers.none,
                                           .state = buffers.states + i * padded};
    }
    for (int x = 0; x < in.size.width; ++x) {
      for (int i = 0; i < count; ++i) {
        LstmRow<Dot>& row = rows[static_cast<std::size_t>(i)];
        row.input = in.at(y + i, x);
        row.output = this->summary() ? buffers.last[static_cast<std::size_t>(x % 2)] + i * padded
                                     : out.at(y + i, x);
      }
      update_all(rows.data(), count);
      for (LstmRow<Dot>& row : rows) row.before = row.output;
    }
    if (!this->summary()) return;
    for (int i = 0; i < count; ++i) {
      std::copy_n(rows[static_cast<std::size_t>(i)].before, this->states(), out.at(y + i, 0));
    }
  }

  void update_all(const LstmRow<Dot>* rows, int count) const {
    int i = 0;
    for (; i + kBatchRows <= count; i += kBatchRows) {
      update_rows<Dot, kBatchRows, kBatchBlocks>(weights_, input_words_, rows + i);
    }
    for (; i < count; ++i) update_rows<Dot, 1, kBatchBlocks>(weights_, input_words_, rows + i);
  }

  int input_words_;
  PackedWeights<Dot> weights_;
};

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
