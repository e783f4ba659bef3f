#include "ocrtune/kernels/devices.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/kernels/opencl/opencl_device.h"

namespace ocrtune {
namespace {

constexpr std::string_view kOpencl = "opencl";

/// The number behind `opencl:`; that of the device to be preferred where there is none.
std::size_t number_of(const std::string& name, const std::vector<OpenclDevice>& all) {
  if (name == kOpencl) {
    const auto other = std::ranges::find(all, false, &OpenclDevice::is_processor);
    return other == all.end() ? 0 : static_cast<std::size_t>(other - all.begin());
  }
  const std::string digits = name.substr(kOpencl.size() + 1);
  const bool is_number = !digits.empty() && digits.size() <= 3 &&
                         std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  if (!is_number) {
    throw Error(ExitStatus::wrong_use,
                fmt::format("--device: `{}` is no device's name; opencl:0 is the first one",
                            quotable(name, 60)));
  }
  return std::stoul(digits);
}

}  // namespace

std::vector<BackendInfo> devices() {
  std::vector<BackendInfo> list;
  for (const OpenclDevice& device : opencl_devices()) {
    list.push_back({.name = fmt::format("{}:{}", kOpencl, list.size()),
                    .description = device.description,
                    .memory_bytes = device.memory_bytes});
  }
  return list;
}

std::unique_ptr<Backend> open_device(const std::string& name) {
  if (name != kOpencl && !name.starts_with(std::string(kOpencl) + ":")) {
    throw Error(ExitStatus::wrong_use,
                fmt::format("--device: `{}` is none of cpu, opencl and opencl:N",
                            quotable(name, 60)));
  }
  const std::vector<OpenclDevice> all = opencl_devices();
  const std::size_t number = number_of(name, all);
  if (number >= all.size()) {
    throw Error(ExitStatus::dependency_missing,
                all.empty() ? fmt::format("--device {}: no OpenCL device is found; install its "
                                          "driver's package, such as intel-opencl-icd, "
                                          "mesa-opencl-icd or, for the processors, "
                                          "pocl-opencl-icd",
                                          name)
                            : fmt::format("--device {}: there is none of this number; `ocrtune "
                                          "doctor` lists {}",
                                          name, all.size()));
  }
  try {
    return backend_of(open_opencl_device(number));
  } catch (const DeviceError& error) {
    throw Error(ExitStatus::dependency_missing,
                fmt::format("--device {}: can't be used: {}", name, error.what()));
  }
}

}  // namespace ocrtune
