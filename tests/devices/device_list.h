#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ocrtune/devices/device.h"

namespace ocrtune::test {

/// The devices that there are here: kernels in C++ always ("host"), and those of OpenCL.
std::vector<std::string> device_names();

/// One of them, anew.
std::unique_ptr<Device> device_named(const std::string& name);

}  // namespace ocrtune::test
