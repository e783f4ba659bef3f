#include "ocrtune/ocr/lstm/integer_engine.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <vector>

// Highway compiles the rest of this file once for each instruction set. Arrays of vectors need
// vectors of a fixed size.
#define HWY_DISABLED_TARGETS (HWY_SVE | HWY_SVE2 | HWY_SVE_256 | HWY_SVE2_128 | HWY_RVV)
#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "ocrtune/ocr/lstm/integer_engine.cpp"
#include <hwy/foreach_target.h>
//
#include <hwy/highway.h>

#include "ocrtune/ocr/lstm/integer_connected-inl.h"
#include "ocrtune/ocr/lstm/integer_entry-inl.h"
#include "ocrtune/ocr/lstm/integer_lstm-inl.h"
#include "ocrtune/ocr/lstm/integer_softmax-inl.h"
#include "ocrtune/ocr/lstm/integer_step-inl.h"
#include "ocrtune/ocr/lstm/network_shape.h"

HWY_BEFORE_NAMESPACE();
namespace ocrtune::lstm::HWY_NAMESPACE {

template <class Dot>
class IntegerEngine : public Engine {
 public:
  using Cell = typename Dot::Cell;

  explicit IntegerEngine(const Network& network) : end_(network.layers.back()) {
    std::span<const Layer> layers(network.layers);
    layers = layers.first(layers.size() - 1);
    Extent extent{.height = network.input_height, .width = -1};
    if (begins_with_pooled_convolution(layers)) {
      entry_.emplace(layers);
      for (const Layer& layer : layers.first(3)) extent = extent_after(layer, extent);
      layers = layers.subspan(3);
    }
    draws_later_ = any_convolution(layers);
    if (!layers.empty()) chain_.emplace(chain_of(layers, extent));
  }

  /// Noise must be drawn for one line after the other; lines that run side by side could not do so
  /// later.
  [[nodiscard]] int max_lines() const override { return draws_later_ ? 1 : Batch<Cell>::kMax; }

  void run(std::span<const Job> jobs, Workspace& workspace) const override {
    Batch<Cell> data;
    for (const Job& job : jobs) {
      workspace.noise().restart();
      data.add(entry_ ? entry_->run(*job.line, workspace) : copy_line<Dot>(*job.line, workspace));
    }
    if (chain_) {
      Batch<Cell> last;
      for (int line = 0; line < data.size(); ++line) {
        last.add(take_view<Dot>(workspace, chain_->size_after(data[line].size), chain_->outputs()));
      }
      chain_->run(data, last, workspace);
      data = last;
    }
    for (int line = 0; line < data.size(); ++line) {
      end_.run(data[line], workspace, *jobs[static_cast<std::size_t>(line)].out);
    }
  }

 private:
  using StepPointer = std::unique_ptr<const Step<Dot>>;

  static Chain<Dot> chain_of(std::span<const Layer> layers, Extent extent) {
    std::vector<StepPointer> steps;
    for (const Layer& layer : layers) {
      steps.push_back(step_of(layer, extent));
      extent = extent_after(layer, extent);
    }
    return Chain<Dot>(std::move(steps));
  }

  static StepPointer step_of(const Layer& layer, Extent extent) {
    if (const auto* lstm = std::get_if<Lstm>(&layer.kind)) {
      if (extent.height == 1 && !lstm->summary)
        return std::make_unique<SequenceLstm<Dot>>(layer, *lstm);
      return std::make_unique<BatchLstm<Dot>>(layer, *lstm);
    }
    if (const auto* connected = std::get_if<FullyConnected>(&layer.kind)) {
      return std::make_unique<ConnectedStep<Dot>>(layer, *connected);
    }
    if (const auto* pool = std::get_if<Maxpool>(&layer.kind)) {
      return std::make_unique<MaxpoolStep<Dot>>(layer, *pool);
    }
    if (const auto* reconfig = std::get_if<Reconfig>(&layer.kind)) {
      return std::make_unique<ReconfigStep<Dot>>(layer, *reconfig);
    }
    if (const auto* convolve = std::get_if<Convolve>(&layer.kind)) {
      return std::make_unique<ConvolveStep<Dot>>(layer, *convolve);
    }
    return group_of(layer, extent);
  }

  static StepPointer group_of(const Layer& layer, Extent extent) {
    if (const auto* reversed = std::get_if<Reversed>(&layer.kind)) {
      if (reversed->axis == Reversed::Axis::transpose) std::swap(extent.height, extent.width);
      return std::make_unique<TurnedStep<Dot>>(reversed->axis, chain_of(reversed->series, extent));
    }
    std::vector<Chain<Dot>> chains;
    for (const Series& branch : std::get<Parallel>(layer.kind).branches) {
      chains.push_back(chain_of(branch, extent));
    }
    return std::make_unique<ParallelStep<Dot>>(layer.outputs, std::move(chains));
  }

  static bool any_convolution(std::span<const Layer> layers) {
    return std::any_of(layers.begin(), layers.end(), [](const Layer& layer) {
      if (const auto* reversed = std::get_if<Reversed>(&layer.kind)) {
        return any_convolution(reversed->series);
      }
      if (const auto* parallel = std::get_if<Parallel>(&layer.kind)) {
        return std::any_of(parallel->branches.begin(), parallel->branches.end(),
                           [](const Series& branch) { return any_convolution(branch); });
      }
      return std::holds_alternative<Convolve>(layer.kind);
    });
  }

  bool draws_later_ = false;
  std::optional<PooledConvolution<Dot>> entry_;
  std::optional<Chain<Dot>> chain_;
  SoftmaxEnd<Dot> end_;
};

std::unique_ptr<const Engine> make_engine(const Network& network, bool byte_products) {
#if OCRTUNE_LSTM_BYTE_DOT
  if (byte_products && __builtin_cpu_supports("avx512vnni")) {
    return std::make_unique<IntegerEngine<ByteDot>>(network);
  }
#endif
  (void)byte_products;
  return std::make_unique<IntegerEngine<PairDot>>(network);
}

}  // namespace ocrtune::lstm::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#if HWY_ONCE

namespace ocrtune::lstm {
namespace {

HWY_EXPORT(make_engine);

}  // namespace

std::unique_ptr<const Engine> make_integer_engine(const Network& network, bool byte_products) {
  return HWY_DYNAMIC_DISPATCH(make_engine)(network, byte_products);
}

}  // namespace ocrtune::lstm

#endif
