#pragma once

#include <cstdint>
#include <stdexcept>
#include <string>

namespace ocrtune {

// C++17, as compilers of CUDA 11 read it.

/// The failure of a device: lost, out of memory, or its compiler rejects a kernel.
class DeviceError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Describes a backend's device to the user.
struct BackendInfo {
  std::string name;                ///< as --device takes it
  std::string description;         ///< of the device, as its driver gives it
  std::uint64_t memory_bytes = 0;  ///< total memory of the device
};

}  // namespace ocrtune
