#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/kernels/device.h"

namespace ocrtune {

/// What --device calls this machine's processors.
inline constexpr std::string_view kCpuDevice = "cpu";

/// The option that says where stages run.
inline constexpr std::string_view kDeviceOption = "device";

/// A kind of device.
struct DeviceKind {
  std::string_view name;
  std::string_view title;    ///< as its maker writes it
  std::string_view missing;  ///< what to do where there is none
};

/// Those that this program knows besides the processors.
std::span<const DeviceKind> device_kinds();

/// A device of this machine.
struct DeviceListing {
  BackendInfo info;           ///< its name is what open_device takes
  bool is_processor = false;  ///< the processors under another name
  bool has_code = true;       ///< this program has kernels for it
};

/// Every device but the processors, kind by kind. Thread-safe.
std::vector<DeviceListing> devices();

/// The backend of a device: `opencl` or `cuda` for the first of that kind that isn't the processors
/// under another name, or else the first; `opencl:N` or `cuda:N` for one that devices() lists.
/// Throws Error(invalid_argument) for names that no device could have, Error(dependency_missing)
/// where there is no such device here, or it can't be used.
std::unique_ptr<Backend> open_device(std::string_view name);

/// As open_device, the device alone; the error is an OptionError of the option that asks for it.
std::unique_ptr<Device> open_bare_device(std::string_view name, std::string_view option);

}  // namespace ocrtune
