#include "ocrtune/ocr/lstm/device_network.h"

#include <algorithm>
#include <cstddef>
#include <variant>

#include "ocrtune/ocr/lstm/activations.h"
#include "ocrtune/ocr/lstm/device_products.h"
#include "ocrtune/ocr/lstm/device_weights.h"
#include "ocrtune/ocr/lstm/network_shape.h"

namespace ocrtune::lstm {
namespace {

constexpr std::size_t kEntryLayers = 3;

/// Greatest memory of a batch on a device: kernels' offsets have 31 bits, and longer queues are not
/// faster.
constexpr std::uint64_t kMaxBytes = std::uint64_t{1} << 29U;
constexpr std::uint64_t kShareOfMemory = 8;

/// The layers between the entry and the last one.
std::span<const Layer> inner_layers(const Network& network) {
  return std::span(network.layers).subspan(kEntryLayers, network.layers.size() - kEntryLayers - 1);
}

Extent extent_behind_entry(const Network& network) {
  Extent extent{.height = network.input_height, .width = -1};
  for (const Layer& layer : std::span(network.layers).first(kEntryLayers))
    extent = extent_after(layer, extent);
  return extent;
}

std::span<const WeightMatrix> last_matrix(const Network& network) {
  return {&std::get<FullyConnected>(network.layers.back().kind).weights, 1};
}

}  // namespace

bool DeviceNetwork::fits(const Network& network) {
  return network.integer && network.layers.size() > kEntryLayers &&
         begins_with_pooled_convolution(network.layers) && DeviceChain::fits(inner_layers(network));
}

DeviceNetwork::DeviceNetwork(const Network& network, Device& device)
    : parts_{.device = device, .tables = device_tables(device)},
      entry_(parts_, network.layers, network.input_height),
      chain_(parts_, inner_layers(network), extent_behind_entry(network)),
      last_words_(words_of_cells(network.layers.back().inputs)),
      last_(device_weights(device, last_matrix(network), 1)),
      last_weights_(device_words(device, last_matrix(network), 0, network.layers.back().inputs)),
      last_scales_(last_matrix(network)[0].scales) {
  const double step_bytes = 4.0 * network.classes / network.x_scale_factor;
  const double bytes = entry_.bytes_per_px() + chain_.bytes_per_px() + step_bytes;
  const std::uint64_t most = std::min(kMaxBytes, device.info().memory_bytes / kShareOfMemory);
  max_width_ = static_cast<int>(static_cast<double>(most) / bytes);
  // Data that other threads' queues use must be complete.
  device.wait();
}

std::vector<LineSums> DeviceNetwork::run(std::span<const DeviceLine* const> lines) const {
  const Sheet sheet = chain_.run(entry_.run(lines), {});
  const Device::BufferPtr sums =
      sums_of_products(parts_.device, sheet, *last_weights_, last_words_, last_);
  const auto count =
      static_cast<std::size_t>(sheet.positions) * static_cast<std::size_t>(last_.outputs);
  const auto batch = std::make_shared_for_overwrite<std::int32_t[]>(count);
  parts_.device.read(*sums, batch.get(), count * sizeof(std::int32_t));
  std::vector<LineSums> of_lines;
  for (const Grid& line : sheet.lines) of_lines.push_back({.batch = batch, .steps = line});
  return of_lines;
}

void DeviceNetwork::finish(const LineSums& sums, LineOutput& out) const {
  const auto classes = static_cast<std::size_t>(out.classes);
  float* to = out.probabilities.data();
  for (int step = 0; step < out.steps; ++step, to += classes) {
    const std::int32_t* from =
        sums.batch.get() + static_cast<std::size_t>(sums.steps.at(0, step)) * classes;
    for (std::size_t i = 0; i < classes; ++i) to[i] = static_cast<float>(from[i]) * last_scales_[i];
    softmax({to, classes});
  }
}

}  // namespace ocrtune::lstm
