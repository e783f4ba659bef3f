#pragma once

#include <atomic>
#include <cstddef>
#include <mutex>
#include <string>

#include "ocrtune/devices/backend.h"

namespace ocrtune {

/// Counts how often a device failed at work that the CPU then did. Thread-safe.
class DeviceFailures {
 public:
  void note(const DeviceError& error);

  /// Whether it failed so often that it is no longer used.
  [[nodiscard]] bool too_many() const { return count_ >= kMax; }

  [[nodiscard]] std::size_t count() const { return count_; }
  /// The message of its first failure; empty if it never failed.
  [[nodiscard]] std::string first() const;

 private:
  static constexpr std::size_t kMax = 8;

  std::atomic<std::size_t> count_{0};
  mutable std::mutex mutex_;
  std::string first_;
};

}  // namespace ocrtune
