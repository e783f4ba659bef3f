#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <variant>

#include "ocrtune/kernels/backend.h"

namespace ocrtune {

/// Work-items beside and below each other.
using WorkItems = std::array<std::size_t, 2>;

/// Something that runs the kernels of kernels/device: its memory, and its queue. What a thread asks
/// for is done in that order; what it wrote, and what was done before it read or waited, is there
/// for all threads. Everything may throw DeviceError. Thread-safe.
class Device {
 public:
  /// Memory of the device, given back when destroyed.
  struct Buffer {
    virtual ~Buffer() = default;
  };
  using BufferPtr = std::shared_ptr<Buffer>;
  using Argument = std::variant<const Buffer*, std::int32_t, std::uint32_t, std::uint64_t>;

  virtual ~Device() = default;

  [[nodiscard]] virtual const BackendInfo& info() const = 0;

  /// Memory with anything in it; `bytes` isn't 0.
  virtual BufferPtr room(std::size_t bytes) = 0;

  virtual void write(Buffer& to, const void* from, std::size_t bytes) = 0;

  /// Waits for it.
  virtual void read(const Buffer& from, void* to, std::size_t bytes) = 0;

  /// Until what this thread asked for is done.
  virtual void wait() = 0;

  /// Starts a kernel for at least `items` work-items, in groups of `group`.
  virtual void run(const std::string& kernel, WorkItems items, WorkItems group,
                   std::initializer_list<Argument> arguments) = 0;
};

/// The backend of a device: how each of its kernels is put together from those of kernels/device.
std::unique_ptr<Backend> backend_of(std::unique_ptr<Device> device);

}  // namespace ocrtune
