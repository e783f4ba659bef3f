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

/// Rows that are advanced by a time step together.
constexpr int kLstmRows = HWY_TARGET <= HWY_AVX3 ? 4 : 3;

/// Vectors of states, each with four of sums, that are held in registers together.
template <int kRows>
constexpr int kLstmBlocks = HWY_TARGET <= HWY_AVX3 ? (kRows == 3 ? 2 : 5 - kRows)
                                                   : (kRows == 1 ? 3 : 1);

/// A row's progress through an LSTM.
template <class Dot>
struct LstmRow {
  const std::int32_t* initial = nullptr;       ///< initial sums, of all panels
  const typename Dot::Cell* input = nullptr;   ///< the position's, if the weights include them
  const typename Dot::Cell* before = nullptr;  ///< the last output
  typename Dot::Cell* output = nullptr;
  float* state = nullptr;
};

/// Advances a vector of states by a time step; the table position of its next output goes to
/// `shown`.
HWY_INLINE void update_states(const ActivationTables& tables, const TablePlace* gates,
                              float* states, TablePlace& shown) {
  const Floats d;
  const auto kept = hn::Mul(hn::Load(d, states), logistic_at(tables, gates[Lstm::forget]));
  const auto added =
      hn::Mul(tanh_at(tables, gates[Lstm::candidate]), logistic_at(tables, gates[Lstm::input]));
  const auto greatest = hn::Set(d, 100.0F);
  const auto state = hn::Min(hn::Max(hn::Add(kept, added), hn::Neg(greatest)), greatest);
  hn::Store(state, d, states);
  find_place(hn::Mul(state, hn::Set(d, ActivationTable::kScale)), shown);
}

/// Advances kBlocks vectors of states of kRows rows by a time step.
template <class Dot, int kRows, int kBlocks>
HWY_NOINLINE void update_blocks(const PackedWeights<Dot>& weights, int panel, int input_words,
                                const LstmRow<Dot>* rows) {
  const Ints d;
  constexpr int kPanels = 4 * kBlocks;
  IntVector sums[kRows][kPanels];
  const typename Dot::Cell* inputs[kRows];
  const typename Dot::Cell* before[kRows];
  const std::ptrdiff_t lane = panel * kLanes;
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
  const std::ptrdiff_t stride = weights.group_stride();
  multiply_words<Dot, kRows, kBlocks, 4>(words, stride, input_words, inputs, sums);
  words += kLanes * 4 * input_words;
  multiply_words<Dot, kRows, kBlocks, 4>(words, stride, weights.words() - input_words, before,
                                         sums);
  TablePlace gates[kRows][kPanels];
  HWY_UNROLL(32)
  for (int row = 0; row < kRows; ++row) {
    HWY_UNROLL(32)
    for (int p = 0; p < kPanels; ++p) {
      const auto scale = hn::Load(Floats(), weights.scales(panel + p));
      find_place(hn::Mul(hn::ConvertTo(Floats(), sums[row][p]), scale), gates[row][p]);
    }
  }
  const ActivationTables tables;
  TablePlace shown[kRows][kBlocks];
  for (int row = 0; row < kRows; ++row) {
    for (int block = 0; block < kBlocks; ++block) {
      update_states(tables, gates[row] + 4 * block, rows[row].state + lane / 4 + block * kLanes,
                    shown[row][block]);
    }
  }
  for (int row = 0; row < kRows; ++row) {
    for (int block = 0; block < kBlocks; ++block) {
      const auto output = hn::Mul(tanh_at(tables, shown[row][block]),
                                  logistic_at(tables, gates[row][4 * block + Lstm::output]));
      store_cells<Dot>(output, rows[row].output + lane / 4 + block * kLanes);
    }
  }
}

/// Advances kRows rows by a time step, from `panel` on.
template <class Dot, int kRows, int kBlocks>
HWY_INLINE void update_panels(const PackedWeights<Dot>& weights, int panel, int input_words,
                              const LstmRow<Dot>* rows) {
  for (; panel + 4 * kBlocks <= weights.panels(); panel += 4 * kBlocks) {
    update_blocks<Dot, kRows, kBlocks>(weights, panel, input_words, rows);
  }
  if constexpr (kBlocks > 1) {
    update_panels<Dot, kRows, kBlocks - 1>(weights, panel, input_words, rows);
  }
}

/// Advances 1 to kLstmRows rows by a time step.
template <class Dot>
void update_rows(const PackedWeights<Dot>& weights, int input_words, const LstmRow<Dot>* rows,
                 int count) {
  switch (count) {
    case 1:
      return update_panels<Dot, 1, kLstmBlocks<1>>(weights, 0, input_words, rows);
    case 2:
      return update_panels<Dot, 2, kLstmBlocks<2>>(weights, 0, input_words, rows);
    case 3:
      return update_panels<Dot, 3, kLstmBlocks<3>>(weights, 0, input_words, rows);
    default:
      return update_panels<Dot, kLstmRows, kLstmBlocks<kLstmRows>>(weights, 0, input_words, rows);
  }
}

/// Common part of LSTM layers: the order of a row's outputs.
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

/// Lines of one row: the inputs' products are computed for many time steps at once, and several
/// lines are processed side by side, since fetching the weights takes longer than multiplying with
/// them.
template <class Dot>
class SequenceLstm : public LstmStep<Dot> {
 public:
  using Cell = typename Dot::Cell;

  SequenceLstm(const Layer& layer, const Lstm& lstm)
      : LstmStep<Dot>(layer, lstm),
        inputs_(lstm.gates, std::array{InputRange{.begin = 0, .count = layer.inputs}},
                ActivationTable::kScale),
        outputs_(lstm.gates, std::array{InputRange{.begin = layer.inputs, .count = lstm.states}},
                 ActivationTable::kScale) {}

  void run(const Batch<Cell>& in, const Batch<Cell>& out, Workspace& workspace) const override {
    for (int line = 0; line < in.size(); line += kLstmRows) {
      const std::size_t mark = workspace.mark();
      run_lines(in, out, line, std::min(kLstmRows, in.size() - line), workspace);
      workspace.release(mark);
    }
  }

 private:
  /// Time steps whose sums of the inputs are kept.
  static constexpr int kChunk = 4 * kTileRows;

  [[nodiscard]] std::ptrdiff_t step_sums() const { return inputs_.panels() * kLanes; }

  void run_lines(const Batch<Cell>& in, const Batch<Cell>& out, int first, int count,
                 Workspace& workspace) const {
    LstmRow<Dot> rows[kLstmRows];
    std::int32_t* sums[kLstmRows];
    const Cell* none = this->no_output(workspace);
    for (int i = 0; i < count; ++i) {
      sums[i] = workspace.take<std::int32_t>(static_cast<std::size_t>(step_sums() * kChunk));
      rows[i].state = workspace.take<float>(static_cast<std::size_t>(this->padded_states()));
      std::fill_n(rows[i].state, this->padded_states(), 0.0F);
      rows[i].before = none;
    }
    for (int x = 0; x < in[first].size.width; ++x) {
      while (in[first + count - 1].size.width <= x) --count;
      for (int i = 0; i < count; ++i) {
        if (x % kChunk == 0) sum_inputs(in[first + i], x, sums[i]);
        rows[i].initial = sums[i] + x % kChunk * step_sums();
        rows[i].output = out[first + i].at(0, x);
      }
      update_rows<Dot>(outputs_, 0, rows, count);
      for (int i = 0; i < count; ++i) rows[i].before = rows[i].output;
    }
  }

  void sum_inputs(const View<Cell>& in, int x, std::int32_t* sums) const {
    const int count = std::min(kChunk, in.size.width - x);
    sum_rows<Dot>(inputs_, in.at(0, x), in.x_stride, count, sums);
  }

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
                 ActivationTable::kScale) {}

  void run_view(const View<Cell>& in, const View<Cell>& out, Workspace& workspace) const override {
    const std::size_t mark = workspace.mark();
    const Buffers buffers = take_buffers(workspace);
    for (int y = 0; y < in.size.height; y += kRowsTogether) {
      run_rows(in, out, y, std::min(kRowsTogether, in.size.height - y), buffers);
    }
    workspace.release(mark);
  }

 private:
  static constexpr int kBatchRows = HWY_TARGET <= HWY_AVX3 ? 2 : 3;
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
    for (int i = 0; i < count; i += kBatchRows) {
      update_rows<Dot>(weights_, input_words_, rows + i, std::min(kBatchRows, count - i));
    }
  }

  int input_words_;
  PackedWeights<Dot> weights_;
};

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
