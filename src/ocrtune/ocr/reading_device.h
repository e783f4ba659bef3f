#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/kernels/device.h"
#include "ocrtune/kernels/device_failures.h"

namespace ocrtune {

namespace lstm {
struct Model;
class SharedForward;
}  // namespace lstm

/// A device on which our own reader runs networks, and how often it failed: lines at which it does
/// are read by the processors. Readers share it. Thread-safe.
class ReadingDevice : public std::enable_shared_from_this<ReadingDevice> {
 public:
  explicit ReadingDevice(std::unique_ptr<Device> device) : device_(std::move(device)) {}

  [[nodiscard]] const BackendInfo& info() const { return device_->info(); }
  [[nodiscard]] Device& device() { return *device_; }

  /// A model's network on the device, one for all its readers; null where the device can't run
  /// such a one, failed at it, or is left alone.
  std::shared_ptr<lstm::SharedForward> forward_of(const std::shared_ptr<const lstm::Model>& model);

  /// Whether it failed so often that it is left alone.
  [[nodiscard]] bool left_alone() const { return failures_.too_many(); }
  void note(const DeviceError& error) { failures_.note(error); }

  /// How often it failed, and what it said at the first time.
  [[nodiscard]] std::size_t failures() const { return failures_.count(); }
  [[nodiscard]] std::string first_failure() const { return failures_.first(); }

 private:
  struct Known {
    std::weak_ptr<const lstm::Model> model;
    std::weak_ptr<lstm::SharedForward> forward;
  };

  std::unique_ptr<Device> device_;
  DeviceFailures failures_;
  std::mutex mutex_;
  std::vector<Known> known_;
};

}  // namespace ocrtune
