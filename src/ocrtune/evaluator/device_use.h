#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "ocrtune/kernels/backend.h"

namespace ocrtune {

/// A device that pages go through, and how often it failed. A page at which it fails is done by the
/// processors. Thread-safe.
class DeviceUse {
 public:
  explicit DeviceUse(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

  [[nodiscard]] const BackendInfo& info() const { return backend_->info(); }

  /// The device; null from when it failed so often that it is left alone.
  [[nodiscard]] Backend* backend() { return failures_ < kMostFailures ? backend_.get() : nullptr; }

  void note(const DeviceError& error);

  /// At how many pages it failed, and what it said at the first.
  [[nodiscard]] std::size_t failures() const { return failures_; }
  [[nodiscard]] std::string first_failure() const;

 private:
  static constexpr std::size_t kMostFailures = 8;

  std::unique_ptr<Backend> backend_;
  std::atomic<std::size_t> failures_{0};
  mutable std::mutex mutex_;
  std::string first_failure_;
};

}  // namespace ocrtune
