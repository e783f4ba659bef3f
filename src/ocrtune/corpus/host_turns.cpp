#include "ocrtune/corpus/host_turns.h"

#include <algorithm>
#include <thread>

namespace ocrtune {

HostTurns& HostTurns::all() {
  static HostTurns turns;
  return turns;
}

void HostTurns::wait(const std::string& host, std::chrono::milliseconds interval) {
  for (;;) {
    Clock::time_point free;
    {
      const std::scoped_lock lock(mutex_);
      Clock::time_point& next = free_[host];
      const Clock::time_point now = Clock::now();
      if (next <= now) {
        next = now + interval;
        return;
      }
      free = next;
    }
    // Asked again afterwards, as the host may have been held meanwhile.
    std::this_thread::sleep_until(free);
  }
}

void HostTurns::hold(const std::string& host, std::chrono::milliseconds time) {
  const std::scoped_lock lock(mutex_);
  Clock::time_point& next = free_[host];
  next = std::max(next, Clock::now() + time);
}

}  // namespace ocrtune
