#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/device_entry.h"
#include "ocrtune/ocr/lstm/device_steps.h"
#include "ocrtune/ocr/lstm/line_output.h"

namespace ocrtune::lstm {

/// The last layer's sums of a line, which are stored among those of its batch.
struct LineSums {
  std::shared_ptr<const std::int32_t[]> batch;
  Grid steps;
};

/// An integer network whose weights are in a device's memory. Its probabilities equal those of
/// Forward to the bit. Immutable; thread-safe.
class DeviceNetwork {
 public:
  /// Whether kernels exist for all layers of a network.
  static bool fits(const Network& network);

  /// `network` must fit; `device` must outlive this. May throw DeviceError.
  DeviceNetwork(const Network& network, Device& device);

  /// Total width in px of the lines that may run together, in some hundred MB of the device's
  /// memory.
  [[nodiscard]] int max_width() const { return max_width_; }
  static constexpr std::size_t kMaxLines = 4096;

  /// The sums of lines that are wide enough for a step: 1 to kMaxLines, the widest first, of a
  /// total width of at most max_width(). May throw DeviceError.
  [[nodiscard]] std::vector<LineSums> run(std::span<const DeviceLine* const> lines) const;

  /// Computes the probabilities of a line; `out` must have its size.
  void finish(const LineSums& sums, LineOutput& out) const;

 private:
  DeviceParts parts_;
  DeviceEntry entry_;
  DeviceChain chain_;
  std::int32_t last_words_;
  DeviceWeights last_;
  Device::BufferPtr last_weights_;
  std::vector<float> last_scales_;
  int max_width_;
};

}  // namespace ocrtune::lstm
