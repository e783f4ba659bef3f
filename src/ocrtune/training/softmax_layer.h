#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/training/ctc_loss.h"

namespace ocrtune::training {

/// A line for a layer: what the network makes of it, and what it says.
struct LayerSample {
  std::span<const float> features;  ///< rows × features, row by row
  std::span<const int> labels;      ///< classes without blanks; at least one
};

/// Fills `probabilities`, rows × classes, with softmax(x · weights + bias) of each row x of
/// `features`, rows × features. `weights`: features × classes, row by row; `bias`: one for each
/// class. Pure.
void class_probabilities(std::span<const float> features, std::span<const float> weights,
                         std::span<const float> bias, std::vector<float>& probabilities);

/// A layer softmax(x · weights + bias) that learns by connectionist temporal classification with
/// Adam (Kingma & Ba 2015). Class 0 is the blank. Not thread-safe; the same calls in the same order
/// give the same values.
class SoftmaxLayer {
 public:
  /// `weights`: features × classes, row by row; `bias`: one for each class.
  SoftmaxLayer(int features, int classes, std::vector<float> weights, std::vector<float> bias);

  /// One step of Adam with the mean gradient of these samples, in their order. Samples with fewer
  /// rows than their labels need have no part in it.
  void step(std::span<const LayerSample> samples);

  [[nodiscard]] int classes() const { return classes_; }
  [[nodiscard]] const std::vector<float>& weights() const { return weights_; }
  [[nodiscard]] const std::vector<float>& bias() const { return bias_; }

 private:
  /// Adam's moving means of a gradient and of its square.
  struct Moments {
    std::vector<float> mean;
    std::vector<float> square;
  };

  void add_gradient(const LayerSample& sample);
  void update(std::vector<float>& values, const std::vector<float>& gradient, Moments& moments,
              float share) const;

  int features_;
  int classes_;
  std::vector<float> weights_;
  std::vector<float> bias_;
  Moments of_weights_;
  Moments of_bias_;
  int steps_ = 0;
  CtcLoss loss_;
  std::vector<float> outputs_;
  std::vector<float> by_inputs_;
  std::vector<float> weight_gradient_;
  std::vector<float> bias_gradient_;
};

}  // namespace ocrtune::training
