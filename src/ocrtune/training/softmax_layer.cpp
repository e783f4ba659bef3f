#include "ocrtune/training/softmax_layer.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <utility>

namespace ocrtune::training {
namespace {

using FloatRows = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Values = Eigen::Map<const FloatRows>;
using Written = Eigen::Map<FloatRows>;

// Of the paper but for the rate, which is that at which two collections gained in few passes.
constexpr float kRate = 1e-3F;
constexpr float kMeanDecay = 0.9F;
constexpr float kSquareDecay = 0.999F;
constexpr float kEpsilon = 1e-8F;

}  // namespace

void class_probabilities(std::span<const float> features, std::span<const float> weights,
                         std::span<const float> bias, std::vector<float>& probabilities) {
  const auto classes = static_cast<Eigen::Index>(bias.size());
  const auto inputs = static_cast<Eigen::Index>(weights.size()) / classes;
  const auto rows = static_cast<Eigen::Index>(features.size()) / inputs;
  probabilities.resize(static_cast<std::size_t>(rows * classes));
  Written outputs(probabilities.data(), rows, classes);
  outputs.noalias() =
      Values(features.data(), rows, inputs) * Values(weights.data(), inputs, classes);
  outputs.rowwise() += Eigen::Map<const Eigen::RowVectorXf>(bias.data(), classes);
  for (Eigen::Index row = 0; row < rows; ++row) {
    auto values = outputs.row(row).array();
    values = (values - values.maxCoeff()).exp();
    values /= values.sum();
  }
}

SoftmaxLayer::SoftmaxLayer(int features, int classes, std::vector<float> weights,
                           std::vector<float> bias)
    : features_(features), classes_(classes), weights_(std::move(weights)), bias_(std::move(bias)) {
  for (auto [moments, size] :
       {std::pair(&of_weights_, weights_.size()), std::pair(&of_bias_, bias_.size())}) {
    moments->mean.assign(size, 0);
    moments->square.assign(size, 0);
  }
}

void SoftmaxLayer::add_gradient(const LayerSample& sample) {
  class_probabilities(sample.features, weights_, bias_, outputs_);
  const std::span<const float> p = outputs_;
  by_inputs_.resize(p.size());
  if (!loss_(p, classes_, sample.labels, by_inputs_)) return;
  const auto rows = static_cast<Eigen::Index>(p.size()) / classes_;
  const Values gradient(by_inputs_.data(), rows, classes_);
  Written(weight_gradient_.data(), features_, classes_).noalias() +=
      Values(sample.features.data(), rows, features_).transpose() * gradient;
  Written(bias_gradient_.data(), 1, classes_) += gradient.colwise().sum();
}

void SoftmaxLayer::update(std::vector<float>& values, const std::vector<float>& gradient,
                          Moments& moments, float share) const {
  const float mean_share = 1 - std::pow(kMeanDecay, static_cast<float>(steps_));
  const float square_share = 1 - std::pow(kSquareDecay, static_cast<float>(steps_));
  for (std::size_t i = 0; i < values.size(); ++i) {
    const float g = gradient[i] * share;
    moments.mean[i] += (1 - kMeanDecay) * (g - moments.mean[i]);
    moments.square[i] += (1 - kSquareDecay) * (g * g - moments.square[i]);
    values[i] -= kRate * (moments.mean[i] / mean_share) /
                 (std::sqrt(moments.square[i] / square_share) + kEpsilon);
  }
}

void SoftmaxLayer::step(std::span<const LayerSample> samples) {
  if (samples.empty()) return;
  weight_gradient_.assign(weights_.size(), 0);
  bias_gradient_.assign(bias_.size(), 0);
  for (const LayerSample& sample : samples) add_gradient(sample);
  ++steps_;
  const float share = 1.0F / static_cast<float>(samples.size());
  update(weights_, weight_gradient_, of_weights_, share);
  update(bias_, bias_gradient_, of_bias_, share);
}

}  // namespace ocrtune::training
