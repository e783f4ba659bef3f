#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/devices/device.h"

namespace ocrtune {

/// Name of the CPU for --device.
inline constexpr std::string_view kCpuDevice = "cpu";

/// The option that selects the device of stages.
inline constexpr std::string_view kDeviceOption = "device";

/// A kind of device.
struct DeviceKind {
  std::string_view name;
  std::string_view title;    ///< in its maker's spelling
  std::string_view missing;  ///< what to do if there is none
};

/// Kinds of devices that this program supports besides the CPU.
std::span<const DeviceKind> device_kinds();

/// A device of this machine.
struct DeviceListing {
  BackendInfo info;           ///< open_device takes its name
  bool is_processor = false;  ///< an OpenCL device that is the CPU
  bool has_code = true;       ///< this program has kernels for it
};

/// Every device but the CPU, kind by kind. Thread-safe.
std::vector<DeviceListing> devices();

/// The backend of a device. `opencl` or `cuda` selects the first of that kind that is not the CPU,
/// or else the first; `opencl:N` or `cuda:N` one that devices() lists. Throws
/// Error(invalid_argument) for names that no device could have, Error(dependency_missing) if the
/// device does not exist or cannot be used.
std::unique_ptr<Backend> open_device(std::string_view name);

/// As open_device, the device alone; the error is an OptionError of the option that selects it.
std::unique_ptr<Device> open_bare_device(std::string_view name, std::string_view option);

}  // namespace ocrtune
