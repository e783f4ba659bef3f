#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/border_noise.h"
#include "ocrtune/ocr/lstm/device_steps.h"
#include "ocrtune/ocr/lstm/device_weights.h"
#include "ocrtune/ocr/lstm/line_input.h"

namespace ocrtune::lstm {

/// A line to be copied to a device.
struct DeviceLine {
  const LineInput* input = nullptr;
  /// Input of a convolution of 3 × 3 px at the border, with noise outside the line: three words for
  /// each position of the top, the bottom, the left and the right.
  std::vector<std::uint32_t> border;
};

/// Draws the noise as Tesseract does.
DeviceLine device_line(const LineInput& input, BorderNoise& noise);

/// The first layers of a network on a device: a convolution of 3 × 3 px with its fully connected
/// layer and max-pool in one.
class DeviceEntry {
 public:
  /// `layers` are those that begins_with_pooled_convolution() finds. May throw DeviceError.
  DeviceEntry(const DeviceParts& parts, std::span<const Layer> layers, int height);

  /// May throw DeviceError.
  [[nodiscard]] Sheet run(std::span<const DeviceLine* const> lines) const;
  /// Greatest memory use of run() per pixel of a line's width, bytes.
  [[nodiscard]] double bytes_per_px() const;

 private:
  DeviceParts parts_;
  std::int32_t height_;
  Maxpool pool_;
  Activation activation_;
  DeviceWeights weights_;
  Device::BufferPtr words_;
};

}  // namespace ocrtune::lstm
