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
/// readers of a model share one.
class PreparedNetwork {
 public:
  /// Whether 8-bit products may be used where the processor has them (AVX-512 VNNI).
  enum class ByteProducts { allowed, avoided };

  /// `sample_iteration` is the model's; what the convolution sees outside a line depends on it.
  PreparedNetwork(Network network, std::int64_t sample_iteration,
                  ByteProducts byte_products = ByteProducts::allowed);

  /// px that a line's input has to be high.
  [[nodiscard]] int input_height() const { return input_height_; }
  /// px of width for a time step.
  [[nodiscard]] int x_scale_factor() const { return x_scale_factor_; }
  [[nodiscard]] int classes() const { return classes_; }
  /// Whether lines come as LineInput::quantised, else as LineInput::values.
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
/// networks (tessdata_best) add up in the order in which Tesseract 5.3 does it on processors with
/// AVX-512; elsewhere, and without fused multiply-add, the last bits differ.
class Forward {
 public:
  explicit Forward(std::shared_ptr<const PreparedNetwork> network);

  /// Sets `out` to the softmax of each time step, width / x_scale_factor of them; none where the
  /// line is narrower than one. `line` has to be input_height() high and to hold all its pixels.
  void run(const LineInput& line, LineOutput& out);

  /// As run(), for some lines, which takes less time than one by one: `outs` are as many.
  void run(std::span<const LineInput> lines, std::span<LineOutput> outs);

 private:
  /// Runs the first jobs that may go together and takes them off.
  void run_some(std::span<const Engine::Job>& jobs);

  std::shared_ptr<const PreparedNetwork> network_;
  Workspace workspace_;
  std::vector<Engine::Job> jobs_;
};

/// How sure the network is: the mean of the best probability over the steps whose best class isn't
/// `null_code`, each rounded down to 127ths; 0 where there is none. Tesseract reads a line inverted
/// where this is low.
float mean_of_best(const LineOutput& output, int null_code);

}  // namespace ocrtune::lstm
