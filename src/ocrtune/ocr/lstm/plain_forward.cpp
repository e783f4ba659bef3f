#include "ocrtune/ocr/lstm/plain_forward.h"

#include <array>
#include <cmath>
#include <cstddef>
#include <span>

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

/// 16 sums side by side, added up by halves; the remaining products one by one.
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

}  // namespace

LineOutput plain_forward(const Network& network, std::int64_t sample_iteration,
                         const LineInput& line) {
  LineOutput out{.steps = line.width / network.x_scale_factor,
                 .classes = network.classes,
                 .probabilities = {}};
  out.probabilities.resize(static_cast<std::size_t>(out.steps) *
                           static_cast<std::size_t>(out.classes));
  if (out.steps == 0) return out;
  BorderNoise noise(sample_iteration);
  if (network.integer) {
    PlainLayers<std::int8_t>(integer_product, noise).run(network, line, out);
  } else {
    PlainLayers<float>(float_product, noise).run(network, line, out);
  }
  return out;
}

}  // namespace ocrtune::lstm
