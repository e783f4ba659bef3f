#include "ocrtune/devices/device_failures.h"

namespace ocrtune {

void DeviceFailures::note(const DeviceError& error) {
  const std::scoped_lock lock(mutex_);
  if (count_++ == 0) first_ = error.what();
}

std::string DeviceFailures::first() const {
  const std::scoped_lock lock(mutex_);
  return first_;
}

}  // namespace ocrtune
