#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/device_entry.h"
#include "ocrtune/ocr/lstm/device_steps.h"
#include "ocrtune/ocr/lstm/line_output.h"

namespace ocrtune::lstm {

/// The last layer's sums of a line, which lie among those of its batch.
struct LineSums {
  std::shared_ptr<const std::int32_t[]> batch;
  Grid steps;
};

/// An integer network whose weights lie on a device. What it gives, made probabilities of, is what
/// Forward gives, to the bit. Immutable; thread-safe.
class DeviceNetwork {
 public:
  /// Whether a network has only layers that there are kernels for.
  static bool fits(const Network& network);

  /// A network that fits; `device` must outlive this. May throw DeviceError.
  DeviceNetwork(const Network& network, Device& device);

  /// px of lines that may run together, in some hundred MB of the device's memory.
  [[nodiscard]] int most_width() const { return most_width_; }
  static constexpr std::size_t kMostLines = 4096;

  /// The sums of lines that are wide enough for a step: 1 to kMostLines, the widest first, and
  /// most_width() together. May throw DeviceError.
  [[nodiscard]] std::vector<LineSums> run(std::span<const DeviceLine* const> lines) const;

  /// Sets the probabilities of a line; `out` has its size.
  void finish(const LineSums& sums, LineOutput& out) const;

 private:
  DeviceParts parts_;
  DeviceEntry entry_;
  DeviceChain chain_;
  std::int32_t last_words_;
  DeviceWeights last_;
  Device::BufferPtr last_weights_;
  std::vector<float> last_scales_;
  int most_width_;
};

}  // namespace ocrtune::lstm
