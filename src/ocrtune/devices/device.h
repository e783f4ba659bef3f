#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <variant>

#include "ocrtune/devices/backend_info.h"

namespace ocrtune {

class Backend;

// C++17, as compilers of CUDA 11 read it.

/// Number of work-items along x and y.
using WorkItems = std::array<std::size_t, 2>;

/// A device that runs the kernels of devices/kernels, with its memory and queue. The operations of
/// a thread are executed in order; what it wrote, and what was complete before it read or waited,
/// is visible to all threads. Every function may throw DeviceError. Thread-safe.
class Device {
 public:
  /// Memory of the device, freed when destroyed.
  struct Buffer {
    virtual ~Buffer() = default;
  };
  using BufferPtr = std::shared_ptr<Buffer>;
  using Argument = std::variant<const Buffer*, std::int32_t, std::uint32_t, std::uint64_t>;

  virtual ~Device() = default;

  [[nodiscard]] virtual const BackendInfo& info() const = 0;

  /// Uninitialized memory; `bytes` must not be 0.
  virtual BufferPtr room(std::size_t bytes) = 0;

  virtual void write(Buffer& to, const void* from, std::size_t bytes) = 0;

  /// Waits for the data.
  virtual void read(const Buffer& from, void* to, std::size_t bytes) = 0;

  /// Waits until the operations of this thread are done.
  virtual void wait() = 0;

  /// Starts a kernel for at least `items` work-items, in groups of `group`.
  virtual void run(const std::string& kernel, WorkItems items, WorkItems group,
                   std::initializer_list<Argument> arguments) = 0;
};

/// The backend of a device, which composes its kernels from those of devices/kernels.
std::unique_ptr<Backend> backend_of(std::unique_ptr<Device> device);

}  // namespace ocrtune
