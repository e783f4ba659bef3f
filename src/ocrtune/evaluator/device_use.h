#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "ocrtune/kernels/backend.h"
#include "ocrtune/kernels/device_failures.h"

namespace ocrtune {

/// Threads that give a device work: one waits for it while the other's pages come and go.
inline constexpr std::size_t kDeviceThreads = 2;

/// A device that pages go through, how long it was in use, and how often it failed. A page at which
/// it fails is done by the processors. Thread-safe.
class DeviceUse {
 public:
  explicit DeviceUse(std::unique_ptr<Backend> backend) : backend_(std::move(backend)) {}

  [[nodiscard]] const BackendInfo& info() const { return backend_->info(); }

  /// The device; null from when it failed so often that it is left alone.
  [[nodiscard]] Backend* backend() { return failures_.too_many() ? nullptr : backend_.get(); }

  /// While there is one, the device is in use. Waits while kDeviceThreads threads have one each:
  /// what stages need besides their pages is in the device's memory so often at most. For whoever
  /// holds none.
  class Work {
   public:
    explicit Work(DeviceUse& use) : use_(use) { use_.begin_work(); }
    ~Work() { use_.end_work(); }
    Work(const Work&) = delete;
    Work& operator=(const Work&) = delete;

   private:
    DeviceUse& use_;
  };

  /// How long it was in use by one thread or more, transfers included.
  [[nodiscard]] double seconds_in_use() const;

  void note(const DeviceError& error) { failures_.note(error); }

  /// At how many pages it failed, and what it said at the first.
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
  Clock::time_point since_;  // where it has users
  Clock::duration in_use_{0};
};

}  // namespace ocrtune
