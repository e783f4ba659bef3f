#pragma once

#include <memory>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/device_sheet.h"
#include "ocrtune/ocr/lstm/network_shape.h"

namespace ocrtune::lstm {

/// The device of a network's layers, and data that they share there.
struct DeviceParts {
  Device& device;
  Device::BufferPtr tables;  ///< device_tables()
};

/// A layer whose weights are in a device's memory. Immutable; run() may throw DeviceError.
/// Thread-safe.
class DeviceStep {
 public:
  DeviceStep() = default;
  DeviceStep(const DeviceStep&) = delete;
  DeviceStep& operator=(const DeviceStep&) = delete;
  virtual ~DeviceStep() = default;

  /// The layer's output for a sheet.
  [[nodiscard]] virtual Sheet run(const Sheet& in, const Room& room) const = 0;
  /// Greatest memory use of run() per pixel of a line's width, bytes.
  [[nodiscard]] virtual double bytes_per_px() const = 0;
};

/// Layers that run one after the other.
class DeviceChain {
 public:
  /// `layers` must fit; `extent` is that of the first layer's input. May throw DeviceError.
  DeviceChain(const DeviceParts& parts, std::span<const Layer> layers, Extent extent);

  /// Whether steps exist for the kinds and sizes of these layers.
  static bool fits(std::span<const Layer> layers);

  /// As DeviceStep::run, through all layers.
  [[nodiscard]] Sheet run(Sheet sheet, const Room& room) const;
  [[nodiscard]] double bytes_per_px() const;

 private:
  std::vector<std::unique_ptr<const DeviceStep>> steps_;
};

/// Greatest number of positions of an extent per pixel of a line's width.
double positions_per_px(Extent extent);

}  // namespace ocrtune::lstm
