#include "ocrtune/evaluator/device_use.h"

namespace ocrtune {

void DeviceUse::note(const DeviceError& error) {
  const std::scoped_lock lock(mutex_);
  if (failures_++ == 0) first_failure_ = error.what();
}

std::string DeviceUse::first_failure() const {
  const std::scoped_lock lock(mutex_);
  return first_failure_;
}

}  // namespace ocrtune
