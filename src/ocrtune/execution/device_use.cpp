#include "ocrtune/execution/device_use.h"

namespace ocrtune {

void DeviceUse::begin_work() {
  std::unique_lock lock(mutex_);
  ended_.wait(lock, [&] { return users_ < kDeviceThreads; });
  if (users_++ == 0) since_ = Clock::now();
}

void DeviceUse::end_work() {
  const std::scoped_lock lock(mutex_);
  if (--users_ == 0) in_use_ += Clock::now() - since_;
  ended_.notify_one();
}

double DeviceUse::seconds_in_use() const {
  const std::scoped_lock lock(mutex_);
  const Clock::duration now = users_ > 0 ? Clock::now() - since_ : Clock::duration{0};
  return std::chrono::duration<double>(in_use_ + now).count();
}

}  // namespace ocrtune
