#include "ocrtune/ocr/lstm/device_weights.h"

#include <algorithm>
#include <cstddef>

#include "ocrtune/ocr/lstm/activations.h"

namespace ocrtune::lstm {

std::uint32_t word_of(std::span<const std::int8_t> cells) {
  std::uint32_t word = 0;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    word |= std::uint32_t{static_cast<std::uint8_t>(cells[i])} << (8 * i);
  }
  return word;
}

DeviceWeights device_weights(Device& device, std::span<const WeightMatrix> matrices, float scale) {
  std::vector<std::int32_t> biases;
  std::vector<float> scales;
  for (int output = 0; output < matrices[0].outputs; ++output) {
    for (const WeightMatrix& matrix : matrices) {
      const auto bias = matrix.row(output) + static_cast<std::size_t>(matrix.inputs);
      biases.push_back(matrix.integers[bias] * 127);
      scales.push_back(matrix.scales[static_cast<std::size_t>(output)] * scale);
    }
  }
  return {.outputs = static_cast<std::int32_t>(biases.size()),
          .biases = on_device(device, biases),
          .scales = on_device(device, scales)};
}

Device::BufferPtr device_words(Device& device, std::span<const WeightMatrix> matrices, int begin,
                               int count) {
  std::vector<std::uint32_t> words;
  for (int input = begin; input < begin + count; input += 4) {
    const auto cells = static_cast<std::size_t>(std::min(4, begin + count - input));
    for (int output = 0; output < matrices[0].outputs; ++output) {
      for (const WeightMatrix& matrix : matrices) {
        words.push_back(word_of({matrix.integers.data() + matrix.row(output) + input, cells}));
      }
    }
  }
  return on_device(device, words);
}

float argument_scale_of(Activation activation) {
  const bool table = activation == Activation::tanh || activation == Activation::logistic;
  return table ? ActivationTable::kScale : 1.0F;
}

Device::BufferPtr device_tables(Device& device) {
  std::vector<float> values(tanh_table().values.begin(), tanh_table().values.end());
  const auto& logistic = logistic_table().values;
  values.insert(values.end(), logistic.begin(), logistic.end());
  return on_device(device, values);
}

}  // namespace ocrtune::lstm
