#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include "ocrtune/kernels/device.h"

namespace ocrtune {

/// Whether this program has the kernels for CUDA in it.
bool has_cuda();

/// The CUDA devices of this machine; none without a driver, or in a program without CUDA.
/// Thread-safe.
std::vector<BackendInfo> cuda_devices();

/// A device by its number in cuda_devices(). Throws DeviceError where there is none such, or it
/// can't be used.
std::unique_ptr<Device> open_cuda_device(std::size_t number);

}  // namespace ocrtune
