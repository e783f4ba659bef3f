#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "ocrtune/devices/device.h"
#include "ocrtune/devices/device_failures.h"

namespace ocrtune {

/// A device on which engines run networks, with a count of its failures: lines at which it fails
/// are recognized by the CPU. Recognizers share it. Thread-safe.
class OcrDevice {
 public:
  explicit OcrDevice(std::unique_ptr<Device> device) : device_(std::move(device)) {}

  [[nodiscard]] const BackendInfo& info() const { return device_->info(); }
  [[nodiscard]] Device& device() { return *device_; }

  /// Whether it failed so often that it is no longer used.
  [[nodiscard]] bool left_alone() const { return failures_.too_many(); }
  void note(const DeviceError& error) { failures_.note(error); }

  /// Number of its failures, and the message of the first one.
  [[nodiscard]] std::size_t failures() const { return failures_.count(); }
  [[nodiscard]] std::string first_failure() const { return failures_.first(); }

 private:
  std::unique_ptr<Device> device_;
  DeviceFailures failures_;
};

}  // namespace ocrtune
