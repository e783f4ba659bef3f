#pragma once

#include <cstddef>
#include <memory>
#include <string_view>
#include <vector>

#include "ocrtune/kernels/device.h"

namespace ocrtune {

/// Which cards the kernels for CUDA in this program are for, as CMAKE_CUDA_ARCHITECTURES states it;
/// empty in a program without CUDA.
std::string_view cuda_architectures();

struct CudaDevice {
  BackendInfo info;
  bool has_code = true;  ///< this program has kernels for it
};

/// The CUDA devices of this machine; none without a driver, or in a program without CUDA.
/// Thread-safe.
std::vector<CudaDevice> cuda_devices();

/// A device by its number in cuda_devices(). Throws DeviceError where there is none such, or it
/// can't be used.
std::unique_ptr<Device> open_cuda_device(std::size_t number);

}  // namespace ocrtune
