#include "ocrtune/execution/turns.h"

namespace ocrtune {

Turns::Turn::Turn(Turns& turns, const ContentHash& key) : turns_(turns), key_(key) {
  std::unique_lock lock(turns_.mutex_);
  turns_.ended_.wait(lock, [&] { return turns_.taken_.insert(key_).second; });
}

Turns::Turn::~Turn() {
  const std::scoped_lock lock(turns_.mutex_);
  turns_.taken_.erase(key_);
  turns_.ended_.notify_all();
}

}  // namespace ocrtune
