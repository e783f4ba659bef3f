#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/devices/device.h"
#include "ocrtune/ocr/lstm/network.h"

namespace ocrtune::lstm {

/// Number of words of four cells.
constexpr std::int32_t words_of_cells(int cells) { return (cells + 3) / 4; }

/// Memory of a device that holds `values`; there must be at least one.
template <typename Value>
Device::BufferPtr on_device(Device& device, const std::vector<Value>& values) {
  Device::BufferPtr buffer = device.room(values.size() * sizeof(Value));
  device.write(*buffer, values.data(), values.size() * sizeof(Value));
  return buffer;
}

/// Up to four cells as a word, the first lowest.
std::uint32_t word_of(std::span<const std::int8_t> cells);

/// Weights of matrices of the same shape, as devices/kernels/network.h takes them: one output of
/// each matrix in turn, then the next of each.
struct DeviceWeights {
  std::int32_t outputs = 0;  ///< of all matrices
  Device::BufferPtr biases;
  Device::BufferPtr scales;
};

/// Initial sums and factors of the sums: the matrices' scales times `scale`.
DeviceWeights device_weights(Device& device, std::span<const WeightMatrix> matrices, float scale);

/// The weights of the inputs from `begin` on, `count` of them: word by word, all outputs to a word.
Device::BufferPtr device_words(Device& device, std::span<const WeightMatrix> matrices, int begin,
                               int count);

/// Additional factor of the sums, which makes them arguments of an activation for the kernels. A
/// power of 2: nothing is rounded.
float argument_scale_of(Activation activation);

/// The tables of tanh and the logistic function.
Device::BufferPtr device_tables(Device& device);

}  // namespace ocrtune::lstm
