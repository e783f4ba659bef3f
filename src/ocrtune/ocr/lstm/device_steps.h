#pragma once

#include <memory>
#include <span>
#include <vector>

#include "ocrtune/ocr/lstm/device_sheet.h"
#include "ocrtune/ocr/lstm/network_shape.h"

namespace ocrtune::lstm {

/// The device of a network's layers, and what they share there.
struct DeviceParts {
  Device& device;
  Device::BufferPtr tables;  ///< device_tables()
};

/// A layer whose weights lie on a device. Immutable; run() may throw DeviceError. Thread-safe.
class DeviceStep {
 public:
  DeviceStep() = default;
  DeviceStep(const DeviceStep&) = delete;
  DeviceStep& operator=(const DeviceStep&) = delete;
  virtual ~DeviceStep() = default;

  /// What the layer makes of a sheet.
  [[nodiscard]] virtual Sheet run(const Sheet& in, const Room& room) const = 0;
  /// Memory that run() takes for a pixel of a line's width, at most.
  [[nodiscard]] virtual double bytes_per_px() const = 0;
};

/// Layers that run one after the other.
class DeviceChain {
 public:
  /// Layers that fit; `extent` is of what goes into the first. May throw DeviceError.
  DeviceChain(const DeviceParts& parts, std::span<const Layer> layers, Extent extent);

  /// Whether layers are of kinds and sizes that there are steps for.
  static bool fits(std::span<const Layer> layers);

  /// As DeviceStep::run: the last layer's.
  [[nodiscard]] Sheet run(Sheet sheet, const Room& room) const;
  [[nodiscard]] double bytes_per_px() const;

 private:
  std::vector<std::unique_ptr<const DeviceStep>> steps_;
};

/// Positions of an extent for a pixel of a line's width, at most.
double positions_per_px(Extent extent);

}  // namespace ocrtune::lstm
