#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/kernels/backend.h"

namespace ocrtune {

/// What --device calls this machine's processors.
inline constexpr std::string_view kCpuDevice = "cpu";

/// Every device but the processors, by the name that open_device takes. Thread-safe.
std::vector<BackendInfo> devices();

/// The backend of a device: `opencl` for the first of that kind that isn't the processors under
/// another name, or else the first; `opencl:N` for one that devices() lists. Throws
/// Error(wrong_use) for names that no device could have, Error(dependency_missing) where there is
/// no such device here, or it can't be used.
std::unique_ptr<Backend> open_device(const std::string& name);

}  // namespace ocrtune
