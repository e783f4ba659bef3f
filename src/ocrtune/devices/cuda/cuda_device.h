#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "ocrtune/devices/device.h"

namespace ocrtune {

/// The architectures that the CUDA kernels in this program are compiled for, as in
/// CMAKE_CUDA_ARCHITECTURES; empty in a program without CUDA.
std::string_view cuda_architectures();

struct CudaDevice {
  BackendInfo info;
  bool has_code = true;  ///< this program has kernels for it
};

/// The CUDA devices of this machine; none without a driver, or in a program without CUDA.
/// Thread-safe.
std::vector<CudaDevice> cuda_devices();

/// A device by its number in cuda_devices(). Throws DeviceError if it does not exist or cannot be
/// used.
std::unique_ptr<Device> open_cuda_device(std::size_t number);

}  // namespace ocrtune
