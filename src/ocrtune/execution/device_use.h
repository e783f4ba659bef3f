#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "ocrtune/devices/backend.h"
#include "ocrtune/devices/device_failures.h"

namespace ocrtune {

/// Threads that use a device at the same time: one waits for it while the other's pages are
/// transferred.
inline constexpr std::size_t kDeviceThreads = 2;

/// A device that runs stages, the time for which it was in use and the number of its failures. If
/// it fails on a page, the CPU processes that page. Thread-safe.
class DeviceUse {
 public:
  explicit DeviceUse(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

  [[nodiscard]] const BackendInfo& info() const { return backend_->info(); }

  /// The device; null after too many failures.
  [[nodiscard]] Backend* backend() { return failures_.too_many() ? nullptr : backend_.get(); }

  /// Marks the device as in use during its lifetime. Waits while kDeviceThreads threads have one
  /// each, which bounds the device memory that stages need besides their pages. A thread may hold
  /// only one.
  class Work {
   public:
    explicit Work(DeviceUse& use) : use_(use) { use_.begin_work(); }
    ~Work() { use_.end_work(); }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

   private:
    DeviceUse& use_;
  };

  /// Time for which at least one thread used it, transfers included.
  [[nodiscard]] double seconds_in_use() const;

  void note(const DeviceError& error) { failures_.note(error); }

  /// Number of pages on which it failed, and the message of the first failure.
  [[nodiscard]] std::size_t failures() const { return failures_.count(); }
  [[nodiscard]] std::string first_failure() const { return failures_.first(); }

 private:
  using Clock = std::chrono::steady_clock;

  void begin_work();
  void end_work();

  std::unique_ptr<Backend> backend_;
  DeviceFailures failures_;
  mutable std::mutex mutex_;
  std::condition_variable ended_;
  std::size_t users_ = 0;
  Clock::time_point since_;  // while it has users
  Clock::duration in_use_{0};
};

}  // namespace ocrtune
