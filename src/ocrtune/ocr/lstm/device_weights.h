#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/kernels/device.h"
#include "ocrtune/ocr/lstm/network.h"

namespace ocrtune::lstm {

/// Words of four cells.
constexpr std::int32_t words_of_cells(int cells) { return (cells + 3) / 4; }

/// Memory of a device that holds values; there has to be one at least.
template <typename Value>
Device::BufferPtr on_device(Device& device, const std::vector<Value>& values) {
  Device::BufferPtr buffer = device.room(values.size() * sizeof(Value));
  device.write(*buffer, values.data(), values.size() * sizeof(Value));
  return buffer;
}

/// Up to four cells as a word, the first lowest.
std::uint32_t word_of(std::span<const std::int8_t> cells);

/// Weights of matrices that have the same shape, as kernels/device/network.h takes them: an output
/// of each matrix in turn, then the next of each.
struct DeviceWeights {
  std::int32_t outputs = 0;  ///< of all matrices
  Device::BufferPtr biases;
  Device::BufferPtr scales;
};

/// What sums begin with, and what they are multiplied by: the matrices' scales times `scale`.
DeviceWeights device_weights(Device& device, std::span<const WeightMatrix> matrices, float scale);

/// The weights of the inputs from `begin` on, `count` of them: word by word, all outputs to a word.
Device::BufferPtr device_words(Device& device, std::span<const WeightMatrix> matrices, int begin,
                               int count);

/// What sums are multiplied by in addition, so that they are arguments of an activation as the
/// kernels take them. A power of 2: nothing is rounded.
float argument_scale_of(Activation activation);

/// The tables of tanh and the logistic function.
Device::BufferPtr device_tables(Device& device);

}  // namespace ocrtune::lstm
