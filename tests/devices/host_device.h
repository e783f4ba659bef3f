#pragma once

#include <memory>

#include "ocrtune/devices/device.h"

namespace ocrtune::test {

/// A device that is this machine's processor, one work-item after the other; its memory ends where
/// it says, so that sanitizers see what goes beyond. Not thread-safe.
std::unique_ptr<Device> host_device();

}  // namespace ocrtune::test
