#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/devices/device.h"

namespace ocrtune {

/// An OpenCL device of this machine.
struct OpenclDevice {
  BackendInfo info;
  bool is_processor = false;  ///< this OpenCL device is the CPU
};

/// All of them, by platform; none if there is no OpenCL. Thread-safe.
std::vector<OpenclDevice> opencl_devices();

/// A device by its number in opencl_devices(). Throws DeviceError if it does not exist or cannot be
/// used.
std::unique_ptr<Device> open_opencl_device(std::size_t number);

/// The kernels of devices/kernels, as OpenCL C.
std::string device_source();

}  // namespace ocrtune
