#include "ocrtune/execution/shared_loops.h"

#include <algorithm>
#include <chrono>

#include "ocrtune/base/duration.h"

namespace ocrtune {

using Clock = std::chrono::steady_clock;

double SharedLoops::run(std::size_t count, const std::function<void(std::size_t)>& step) {
  Loop loop{.step = step, .count = count};
  std::unique_lock lock(mutex_);
  const auto place = loops_.insert(loops_.end(), &loop);
  lock.unlock();
  if (count > 1) opened_();
  lock.lock();
  while (loop.has_steps()) {
    const std::size_t next = loop.next++;
    lock.unlock();
    execute(loop, next);
    lock.lock();
  }
  if (loop.helpers > 0) {
    const Clock::time_point begin = Clock::now();
    helped_.wait(lock, [&] { return loop.helpers == 0; });
    loop.helped_ms -= 1000 * seconds_since(begin);
  }
  loops_.erase(place);
  if (loop.failure) std::rethrow_exception(loop.failure);
  return loop.helped_ms;
}

bool SharedLoops::has_steps() const {
  const std::scoped_lock lock(mutex_);
  return std::ranges::any_of(loops_, &Loop::has_steps);
}

void SharedLoops::help() {
  std::unique_lock lock(mutex_);
  const auto found = std::ranges::find_if(loops_, &Loop::has_steps);
  if (found == loops_.end()) return;
  Loop& loop = **found;
  const std::size_t next = loop.next++;
  ++loop.helpers;
  lock.unlock();
  const Clock::time_point begin = Clock::now();
  execute(loop, next);
  lock.lock();
  loop.helped_ms += 1000 * seconds_since(begin);
  if (--loop.helpers == 0) helped_.notify_all();
}

void SharedLoops::execute(Loop& loop, std::size_t step) {
  try {
    loop.step(step);
  } catch (...) {
    const std::scoped_lock lock(mutex_);
    if (!loop.failure) loop.failure = std::current_exception();
    loop.next = loop.count;
  }
}

}  // namespace ocrtune
