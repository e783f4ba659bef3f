#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>
#include <utility>

namespace ocrtune::test {

/// Calls `action`; threads in it that wait for each other end the program, with a line that says
/// so, instead of holding up all tests.
template <typename Action>
void must_end(const char* what, Action action) {
  constexpr std::chrono::minutes kLongest{5};
  std::mutex mutex;
  std::condition_variable changed;
  bool ended = false;
  const std::jthread watch([&] {
    std::unique_lock lock(mutex);
    if (changed.wait_for(lock, kLongest, [&] { return ended; })) return;
    std::fprintf(stderr, "%s: has not ended after %d minutes\n", what,
                 static_cast<int>(kLongest.count()));
    std::abort();
  });
  const auto end = [&] {
    const std::scoped_lock lock(mutex);
    ended = true;
    changed.notify_all();
  };
  try {
    std::move(action)();
  } catch (...) {
    end();
    throw;
  }
  end();
}

}  // namespace ocrtune::test
