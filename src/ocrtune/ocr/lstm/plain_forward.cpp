#include "ocrtune/ocr/lstm/plain_forward.h"

#include <cmath>
#include <span>
#include <utility>

#include "ocrtune/ocr/lstm/plain_layers.h"

namespace ocrtune::lstm {
namespace {

void integer_product(const WeightMatrix& weights, std::span<const std::int8_t> inputs,
                     std::span<float> outputs) {
  for (int output = 0; output < weights.outputs; ++output) {
    const std::int8_t* row = weights.integers.data() + weights.row(output);
    int sum = row[inputs.size()] * 127;
    for (std::size_t i = 0; i < inputs.size(); ++i) sum += row[i] * inputs[i];
    const auto to = static_cast<std::size_t>(output);
    outputs[to] = static_cast<float>(sum) * weights.scales[to];
  }
}

/// 16 sums side by side, added up by halves; what is left over one by one.
float float_sum(std::span<const float> a, std::span<const float> b) {
  std::array<float, 16> sums{};
  std::size_t i = 0;
  for (; i + sums.size() <= a.size(); i += sums.size()) {
    for (std::size_t lane = 0; lane < sums.size(); ++lane) {
      sums[lane] = std::fma(a[i + lane], b[i + lane], sums[lane]);
    }
  }
  for (std::size_t half = sums.size() / 2; half > 0; half /= 2) {
    for (std::size_t lane = 0; lane < half; ++lane) sums[lane] += sums[lane + half];
  }
  float sum = sums[0];
  for (; i < a.size(); ++i) sum = std::fma(a[i], b[i], sum);
  return sum;
}

void float_product(const WeightMatrix& weights, std::span<const float> inputs,
                   std::span<float> outputs) {
  for (int output = 0; output < weights.outputs; ++output) {
    const float* row = weights.floats.data() + weights.row(output);
    outputs[static_cast<std::size_t>(output)] =
        float_sum(inputs, {row, inputs.size()}) + row[inputs.size()];
  }
}

template <typename Cell>
LineOutput run(const Network& network, std::int64_t sample_iteration, const LineInput& line,
               const std::vector<Cell>& cells, Product<Cell> product) {
  BorderNoise noise(sample_iteration);
  PlainLayers<Cell> layers(std::move(product), noise);
  Tensor<Cell> data{.height = line.height, .width = line.width, .features = 1, .cells = cells};
  const std::span<const Layer> series(network.layers);
  data = layers.run(series.first(series.size() - 1), std::move(data));
  LineOutput out{.steps = data.width, .classes = network.classes, .probabilities = {}};
  const auto classes = static_cast<std::size_t>(network.classes);
  out.probabilities.resize(static_cast<std::size_t>(out.steps) * classes);
  for (int step = 0; step < out.steps; ++step) {
    layers.connect(
        std::get<FullyConnected>(series.back().kind), data.at(0, step),
        std::span(out.probabilities).subspan(static_cast<std::size_t>(step) * classes, classes));
  }
  return out;
}

}  // namespace

LineOutput plain_forward(const Network& network, std::int64_t sample_iteration,
                         const LineInput& line) {
  if (line.width < network.x_scale_factor) {
    return {.steps = 0, .classes = network.classes, .probabilities = {}};
  }
  if (network.integer) {
    return run<std::int8_t>(network, sample_iteration, line, line.quantised, integer_product);
  }
  return run<float>(network, sample_iteration, line, line.values, float_product);
}

}  // namespace ocrtune::lstm
