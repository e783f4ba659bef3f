#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/engine.h"
#include "ocrtune/ocr/lstm/line_input.h"
#include "ocrtune/ocr/lstm/line_output.h"
#include "ocrtune/ocr/lstm/network.h"
#include "ocrtune/ocr/lstm/workspace.h"

namespace ocrtune::lstm {

/// A network with its weights packed for this machine's vector instructions. Immutable; all
/// engines of a model share one.
class PreparedNetwork {
 public:
  /// Whether 8-bit products may be used if the processor has them (AVX-512 VNNI).
  enum class ByteProducts { allowed, avoided };

  /// `sample_iteration` is the model's; what the convolution sees outside a line depends on it.
  PreparedNetwork(Network network, std::int64_t sample_iteration,
                  ByteProducts byte_products = ByteProducts::allowed);

  /// Required height of a line's input, px.
  [[nodiscard]] int input_height() const { return input_height_; }
  /// px of width per time step.
  [[nodiscard]] int x_scale_factor() const { return x_scale_factor_; }
  [[nodiscard]] int classes() const { return classes_; }
  /// Whether lines are LineInput::quantised, else LineInput::values.
  [[nodiscard]] bool integer() const { return integer_; }

 private:
  friend class Forward;

  int input_height_;
  int x_scale_factor_;
  int classes_;
  bool integer_;
  std::int64_t sample_iteration_;
  std::unique_ptr<const Engine> engine_;
};

/// Runs a network on lines, one after the other; one object per thread.
///
/// Integer networks (tessdata_fast) give the same bits as Tesseract 5.3 on every processor. Float
/// networks (tessdata_best) add up in the order in which Tesseract 5.3 does on processors with
/// AVX-512; on other processors, and without fused multiply-add, the last bits differ.
class Forward {
 public:
  explicit Forward(std::shared_ptr<const PreparedNetwork> network);

  /// Sets `out` to the softmax of each time step, width / x_scale_factor of them; none if the line
  /// is narrower than one. `line` must be input_height() high and hold all its pixels.
  void run(const LineInput& line, LineOutput& out);

  /// As run(), for several lines, which is faster than one by one: there are as many `outs`.
  void run(std::span<const LineInput> lines, std::span<LineOutput> outs);

 private:
  /// Runs as many of the first jobs together as possible and removes them.
  void run_some(std::span<const Engine::Job>& jobs);

  std::shared_ptr<const PreparedNetwork> network_;
  Workspace workspace_;
  std::vector<Engine::Job> jobs_;
};

/// Confidence of the network: the mean of the best probability over the steps whose best class is
/// not `null_code`, each rounded down to 127ths; 0 if there is none. If it is low, Tesseract also
/// tries the line inverted.
float mean_of_best(const LineOutput& output, int null_code);

}  // namespace ocrtune::lstm
