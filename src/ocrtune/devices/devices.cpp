#include "ocrtune/devices/devices.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/devices/backend.h"
#include "ocrtune/devices/cuda/cuda_device.h"
#include "ocrtune/devices/opencl/opencl_device.h"

namespace ocrtune {
namespace {

struct Kind {
  DeviceKind shown;
  std::vector<DeviceListing> (*list)();
  std::unique_ptr<Device> (*open)(std::size_t number);
};

std::vector<DeviceListing> listed_opencl() {
  std::vector<DeviceListing> list;
  for (const OpenclDevice& device : opencl_devices()) {
    list.push_back({.info = device.info, .is_processor = device.is_processor});
  }
  return list;
}

std::vector<DeviceListing> listed_cuda() {
  std::vector<DeviceListing> list;
  for (const CudaDevice& device : cuda_devices())
    list.push_back({.info = device.info, .has_code = device.has_code});
  return list;
}

constexpr std::array kKinds{
    Kind{{.name = "opencl",
          .title = "OpenCL",
          .missing = "install ocl-icd-libopencl1 and the package of a driver, such as "
                     "intel-opencl-icd, mesa-opencl-icd or, for the CPU, pocl-opencl-icd"},
         listed_opencl,
         open_opencl_device},
    Kind{{.name = "cuda",
          .title = "CUDA",
          .missing = "install NVIDIA's driver; ocrtune must be built with nvcc"},
         listed_cuda,
         open_cuda_device},
};

constexpr auto kShownKinds = [] {
  std::array<DeviceKind, kKinds.size()> shown{};
  std::ranges::transform(kKinds, shown.begin(), &Kind::shown);
  return shown;
}();

[[noreturn]] void refuse_name(std::string_view name, std::string_view option) {
  throw OptionError(Errc::invalid_argument, std::string(option), "",
                    tr("`{}` is not one of cpu, {}opencl and cuda; the second device of a kind is "
                       "opencl:1 or cuda:1",
                       quotable(std::string(name), 60), option == kDeviceOption ? "auto, " : ""));
}

/// The number after the colon; without a number, that of the preferred device in the list.
std::size_t number_of(std::string_view name, std::string_view digits,
                      const std::vector<DeviceListing>& all, std::string_view option) {
  if (name.find(':') == std::string_view::npos) {
    const auto other = std::ranges::find_if(
        all, [](const DeviceListing& one) { return !one.is_processor && one.has_code; });
    return other == all.end() ? 0 : static_cast<std::size_t>(other - all.begin());
  }
  std::size_t number = 0;
  const char* end = digits.data() + digits.size();
  const auto [last, failure] = std::from_chars(digits.data(), end, number);
  if (failure != std::errc() || last != end) refuse_name(name, option);
  return number;
}

}  // namespace

std::span<const DeviceKind> device_kinds() { return kShownKinds; }

std::vector<DeviceListing> devices() {
  std::vector<DeviceListing> all;
  for (const Kind& kind : kKinds) {
    for (DeviceListing& listing : kind.list()) all.push_back(std::move(listing));
  }
  return all;
}

std::unique_ptr<Device> open_bare_device(std::string_view name, std::string_view option) {
  const std::size_t colon = std::min(name.find(':'), name.size());
  const std::string_view digits = name.substr(std::min(colon + 1, name.size()));
  const auto* kind = std::ranges::find_if(
      kKinds, [&](const Kind& one) { return one.shown.name == name.substr(0, colon); });
  if (kind == kKinds.end()) refuse_name(name, option);
  const std::vector<DeviceListing> all = kind->list();
  const std::size_t number = number_of(name, digits, all, option);
  const auto missing = [&](const std::string& why) {
    return OptionError(Errc::dependency_missing, std::string(option), std::string(name), why);
  };
  if (all.empty()) {
    throw missing(
        tr("no {} device was found; {}", kind->shown.title, translated(kind->shown.missing)));
  }
  if (number >= all.size()) {
    throw missing(tr("no device has this number; `ocrtune doctor` lists {}", all.size()));
  }
  try {
    return kind->open(number);
  } catch (const DeviceError& error) {
    throw missing(tr("cannot be used: {}", error.what()));
  }
}

std::unique_ptr<Backend> open_device(std::string_view name) {
  return backend_of(open_bare_device(name, kDeviceOption));
}

}  // namespace ocrtune
