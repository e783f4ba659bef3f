#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "ocrtune/kernels/device.h"
#include "ocrtune/kernels/device_failures.h"

namespace ocrtune {

/// A device on which engines run networks, and how often it failed: lines at which it does are read
/// by the processors. Readers share it. Thread-safe.
class ReadingDevice {
 public:
  explicit ReadingDevice(std::unique_ptr<Device> device) : device_(std::move(device)) {}

  [[nodiscard]] const BackendInfo& info() const { return device_->info(); }
  [[nodiscard]] Device& device() { return *device_; }

  /// Whether it failed so often that it is left alone.
  [[nodiscard]] bool left_alone() const { return failures_.too_many(); }
  void note(const DeviceError& error) { failures_.note(error); }

  /// How often it failed, and what it said at the first time.
  [[nodiscard]] std::size_t failures() const { return failures_.count(); }
  [[nodiscard]] std::string first_failure() const { return failures_.first(); }

 private:
  std::unique_ptr<Device> device_;
  DeviceFailures failures_;
};

}  // namespace ocrtune
