#include "ocrtune/evaluator/shared_loops.h"

#include <algorithm>
#include <chrono>

namespace ocrtune {
namespace {

using Clock = std::chrono::steady_clock;

double ms_since(Clock::time_point begin) {
  return std::chrono::duration<double, std::milli>(Clock::now() - begin).count();
}

}  // namespace

double SharedLoops::run(std::size_t count, const std::function<void(std::size_t)>& step) {
  Loop loop{.step = step, .count = count};
  std::unique_lock lock(mutex_);
  const auto place = loops_.insert(loops_.end(), &loop);
  lock.unlock();
  if (count > 1) opened_();
  lock.lock();
  while (loop.next < loop.count) {
    const std::size_t next = loop.next++;
    lock.unlock();
    execute(loop, next);
    lock.lock();
  }
  const Clock::time_point begin = Clock::now();
  helped_.wait(lock, [&] { return loop.helpers == 0; });
  loops_.erase(place);
  if (loop.failure) std::rethrow_exception(loop.failure);
  return loop.helped_ms - ms_since(begin);
}

bool SharedLoops::has_steps() const {
  const std::scoped_lock lock(mutex_);
  return std::ranges::any_of(loops_, [](const Loop* loop) { return loop->next < loop->count; });
}

void SharedLoops::help() {
  std::unique_lock lock(mutex_);
  const auto found =
      std::ranges::find_if(loops_, [](const Loop* loop) { return loop->next < loop->count; });
  if (found == loops_.end()) return;
  Loop& loop = **found;
  const std::size_t next = loop.next++;
  ++loop.helpers;
  lock.unlock();
  const Clock::time_point begin = Clock::now();
  execute(loop, next);
  lock.lock();
  loop.helped_ms += ms_since(begin);
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
