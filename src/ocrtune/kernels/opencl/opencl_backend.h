#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/kernels/backend.h"

namespace ocrtune {

/// An OpenCL device of this machine.
struct OpenclDevice {
  std::string platform;
  std::string name;
  std::string version;
  std::uint64_t memory_bytes = 0;
  bool is_processor = false;  ///< the same processors that the cpu backend uses
};

/// All of them, by platform; none where there is no OpenCL. Thread-safe.
std::vector<OpenclDevice> opencl_devices();

/// The backend of a device, by its number in opencl_devices(). Throws DeviceError where there is no
/// such device or it can't be used.
std::unique_ptr<Backend> opencl_backend(std::size_t device);

}  // namespace ocrtune
