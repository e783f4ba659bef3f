// Steps that move cells. Included once for each instruction set.

#if defined(OCRTUNE_OCR_LSTM_INTEGER_STEP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef OCRTUNE_OCR_LSTM_INTEGER_STEP_INL_H_
#undef OCRTUNE_OCR_LSTM_INTEGER_STEP_INL_H_
#else
#define OCRTUNE_OCR_LSTM_INTEGER_STEP_INL_H_
#endif

#include <hwy/highway.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "ocrtune/ocr/lstm/integer_dot-inl.h"
#include "ocrtune/ocr/lstm/network.h"
#include "ocrtune/ocr/lstm/view.h"
#include "ocrtune/ocr/lstm/workspace.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {

/// A prepared layer. Immutable.
template <class Dot>
class Step {
 public:
  using Cell = typename Dot::Cell;

  Step(int inputs, int outputs) : inputs_(inputs), outputs_(outputs) {}
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  virtual ~Step() = default;

  [[nodiscard]] virtual GridSize size_after(GridSize size) const { return size; }
  /// Sets the views of `out`, whose sizes after the layer are known from `in`.
  virtual void run(const Batch<Cell>& in, const Batch<Cell>& out, Workspace& workspace) const {
    for (int line = 0; line < in.size(); ++line) run_view(in[line], out[line], workspace);
  }

  [[nodiscard]] int inputs() const { return inputs_; }
  [[nodiscard]] int outputs() const { return outputs_; }

 protected:
  /// run() for one line, if lines are independent.
  virtual void run_view(const View<Cell>& /*in*/, const View<Cell>& /*out*/,
                        Workspace& /*workspace*/) const {}

 private:
  int inputs_;
  int outputs_;
};

template <class Dot>
View<typename Dot::Cell> take_view(Workspace& workspace, GridSize size, int features) {
  const std::ptrdiff_t stride = padded_features(features);
  View<typename Dot::Cell> view{
      .cells = nullptr, .size = size, .y_stride = stride * size.width, .x_stride = stride};
  view.cells = workspace.take<typename Dot::Cell>(static_cast<std::size_t>(size.height) *
                                                  static_cast<std::size_t>(view.y_stride));
  return view;
}

/// Steps that run one after the other; at least one.
template <class Dot>
class Chain {
 public:
  using Cell = typename Dot::Cell;

  explicit Chain(std::vector<std::unique_ptr<const Step<Dot>>> steps) : steps_(std::move(steps)) {}

  [[nodiscard]] int inputs() const { return steps_.front()->inputs(); }
  [[nodiscard]] int outputs() const { return steps_.back()->outputs(); }

  [[nodiscard]] GridSize size_after(GridSize size) const {
    for (const auto& step : steps_) size = step->size_after(size);
    return size;
  }

  void run(Batch<Cell> in, const Batch<Cell>& out, Workspace& workspace) const {
    for (std::size_t i = 0; i < steps_.size(); ++i) {
      const Batch<Cell> to = i + 1 == steps_.size() ? out : take_batch(*steps_[i], in, workspace);
      steps_[i]->run(in, to, workspace);
      in = to;
    }
  }

 private:
  static Batch<Cell> take_batch(const Step<Dot>& step, const Batch<Cell>& in,
                                Workspace& workspace) {
    Batch<Cell> batch;
    for (int line = 0; line < in.size(); ++line) {
      batch.add(take_view<Dot>(workspace, step.size_after(in[line].size), step.outputs()));
    }
    return batch;
  }

  std::vector<std::unique_ptr<const Step<Dot>>> steps_;
};

template <class Dot>
class TurnedStep : public Step<Dot> {
 public:
  using Cell = typename Dot::Cell;

  TurnedStep(Reversed::Axis axis, Chain<Dot> chain)
      : Step<Dot>(chain.inputs(), chain.outputs()), axis_(axis), chain_(std::move(chain)) {}

  [[nodiscard]] GridSize size_after(GridSize size) const override {
    if (axis_ != Reversed::Axis::transpose) return chain_.size_after(size);
    return chain_.size_after(size.turned()).turned();
  }

  void run(const Batch<Cell>& in, const Batch<Cell>& out, Workspace& workspace) const override {
    chain_.run(turned(in), turned(out), workspace);
  }

 private:
  [[nodiscard]] Batch<Cell> turned(const Batch<Cell>& batch) const {
    Batch<Cell> views;
    for (int line = 0; line < batch.size(); ++line) views.add(turned(batch[line]));
    return views;
  }

  [[nodiscard]] View<Cell> turned(const View<Cell>& view) const {
    if (axis_ == Reversed::Axis::transpose) return view.transposed();
    return axis_ == Reversed::Axis::x ? view.reversed_x() : view.reversed_y();
  }

  Reversed::Axis axis_;
  Chain<Dot> chain_;
};

template <class Dot>
class ParallelStep : public Step<Dot> {
 public:
  using Cell = typename Dot::Cell;

  ParallelStep(int outputs, std::vector<Chain<Dot>> chains)
      : Step<Dot>(chains.front().inputs(), outputs), chains_(std::move(chains)) {}

  [[nodiscard]] GridSize size_after(GridSize size) const override {
    return chains_.front().size_after(size);
  }

  void run(const Batch<Cell>& in, const Batch<Cell>& out, Workspace& workspace) const override {
    std::ptrdiff_t feature = 0;
    for (const Chain<Dot>& chain : chains_) {
      const std::size_t mark = workspace.mark();
      Batch<Cell> part;
      for (int line = 0; line < out.size(); ++line) {
        part.add(take_view<Dot>(workspace, out[line].size, chain.outputs()));
      }
      chain.run(in, part, workspace);
      for (int line = 0; line < out.size(); ++line)
        copy(part[line], chain.outputs(), out[line], feature);
      feature += chain.outputs();
      workspace.release(mark);
    }
  }

 private:
  static void copy(const View<Cell>& from, int features, const View<Cell>& to,
                   std::ptrdiff_t feature) {
    for (int y = 0; y < to.size.height; ++y) {
      for (int x = 0; x < to.size.width; ++x) {
        std::copy_n(from.at(y, x), features, to.at(y, x) + feature);
      }
    }
  }

  std::vector<Chain<Dot>> chains_;
};

/// A layer that makes one cell of each block of cells, `Scales::y_scale` by `x_scale`; what is left
/// at the right and below is dropped.
template <class Dot, class Scales>
class BlockStep : public Step<Dot> {
 public:
  using Cell = typename Dot::Cell;

  BlockStep(const Layer& layer, const Scales& scales)
      : Step<Dot>(layer.inputs, layer.outputs), scales_(scales) {}

  [[nodiscard]] GridSize size_after(GridSize size) const override {
    return {.height = size.height / scales_.y_scale, .width = size.width / scales_.x_scale};
  }

  void run_view(const View<Cell>& in, const View<Cell>& out,
                Workspace& /*workspace*/) const override {
    for (int y = 0; y < out.size.height; ++y) {
      for (int x = 0; x < out.size.width; ++x) gather(in, y, x, out.at(y, x));
    }
  }

 protected:
  [[nodiscard]] int parts() const { return scales_.y_scale * scales_.x_scale; }
  /// The cells of block (y, x) one after the other, column by column.
  [[nodiscard]] const Cell* part_of(const View<Cell>& in, int y, int x, int part) const {
    return in.at(y * scales_.y_scale + part % scales_.y_scale,
                 x * scales_.x_scale + part / scales_.y_scale);
  }

 private:
  virtual void gather(const View<Cell>& in, int y, int x, Cell* to) const = 0;

  Scales scales_;
};

template <class Dot>
class MaxpoolStep final : public BlockStep<Dot, Maxpool> {
 public:
  using Cell = typename Dot::Cell;
  using BlockStep<Dot, Maxpool>::BlockStep;

 private:
  void gather(const View<Cell>& in, int y, int x, Cell* to) const override {
    const int features = this->outputs();
    std::copy_n(this->part_of(in, y, x, 0), features, to);
    for (int part = 1; part < this->parts(); ++part) {
      const Cell* from = this->part_of(in, y, x, part);
      for (int i = 0; i < features; ++i) to[i] = std::max(to[i], from[i]);
    }
  }
};

template <class Dot>
class ReconfigStep final : public BlockStep<Dot, Reconfig> {
 public:
  using Cell = typename Dot::Cell;
  using BlockStep<Dot, Reconfig>::BlockStep;

 private:
  void gather(const View<Cell>& in, int y, int x, Cell* to) const override {
    for (int part = 0; part < this->parts(); ++part)
      to = std::copy_n(this->part_of(in, y, x, part), this->inputs(), to);
  }
};

/// A convolution's neighbourhoods, as the layer defines them: noise outside the image.
template <class Dot>
class ConvolveStep : public Step<Dot> {
 public:
  using Cell = typename Dot::Cell;

  ConvolveStep(const Layer& layer, const Convolve& half)
      : Step<Dot>(layer.inputs, layer.outputs), half_(half) {}

  void run_view(const View<Cell>& in, const View<Cell>& out, Workspace& workspace) const override {
    for (int y = 0; y < in.size.height; ++y) {
      for (int x = 0; x < in.size.width; ++x) {
        gather(in, y, x, out.at(y, x), workspace.noise());
      }
    }
  }

 private:
  void gather(const View<Cell>& in, int y, int x, Cell* to, BorderNoise& noise) const {
    const int features = this->inputs();
    for (int from_x = x - half_.half_x; from_x <= x + half_.half_x; ++from_x) {
      for (int from_y = y - half_.half_y; from_y <= y + half_.half_y; ++from_y) {
        if (from_x >= 0 && from_x < in.size.width && from_y >= 0 && from_y < in.size.height) {
          to = std::copy_n(in.at(from_y, from_x), features, to);
          continue;
        }
        for (const std::int8_t level : noise.quantised(static_cast<std::size_t>(features))) {
          *to++ = static_cast<Cell>(level + Dot::kZero);
        }
      }
    }
  }

  Convolve half_;
};

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif
