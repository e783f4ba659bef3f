#include "ocrtune/execution/keyed_mutex.h"

namespace ocrtune {
namespace {

thread_local int turns_held = 0;

}  // namespace

KeyedMutex::Lock::Lock(KeyedMutex& mutex, const ContentHash& key) : mutex_(mutex), key_(key) {
  std::unique_lock lock(mutex_.mutex_);
  mutex_.ended_.wait(lock, [&] { return mutex_.taken_.insert(key_).second; });
  ++turns_held;
}

KeyedMutex::Lock::~Lock() {
  const std::scoped_lock lock(mutex_.mutex_);
  mutex_.taken_.erase(key_);
  mutex_.ended_.notify_all();
  --turns_held;
}

bool KeyedMutex::held_by_this_thread() { return turns_held > 0; }

}  // namespace ocrtune
