#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>

#include "ocrtune/kernels/backend.h"
#include "ocrtune/kernels/device_failures.h"

namespace ocrtune {

/// A device that pages go through, and how often it failed. A page at which it fails is done by the
/// processors. Thread-safe.
class DeviceUse {
 public:
  explicit DeviceUse(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

  [[nodiscard]] const BackendInfo& info() const { return backend_->info(); }

  /// The device; null from when it failed so often that it is left alone.
  [[nodiscard]] Backend* backend() { return failures_.too_many() ? nullptr : backend_.get(); }

  void note(const DeviceError& error) { failures_.note(error); }

  /// At how many pages it failed, and what it said at the first.
  [[nodiscard]] std::size_t failures() const { return failures_.count(); }
  [[nodiscard]] std::string first_failure() const { return failures_.first(); }

 private:
  std::unique_ptr<Backend> backend_;
  DeviceFailures failures_;
};

}  // namespace ocrtune
