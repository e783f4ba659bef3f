#include "ocrtune/execution/keyed_mutex.h"

namespace ocrtune {

KeyedMutex::Lock::Lock(KeyedMutex& mutex, const ContentHash& key) : mutex_(mutex), key_(key) {
  std::unique_lock lock(mutex_.mutex_);
  mutex_.ended_.wait(lock, [&] { return mutex_.taken_.insert(key_).second; });
}

KeyedMutex::Lock::~Lock() {
  const std::scoped_lock lock(mutex_.mutex_);
  mutex_.taken_.erase(key_);
  mutex_.ended_.notify_all();
}

}  // namespace ocrtune
