#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace ocrtune {

/// Threads that can be left behind: a library in the middle of its work can't be interrupted. For
/// one thread.
class WorkerThreads {
 public:
  WorkerThreads();
  /// Waits for all that weren't left behind.
  ~WorkerThreads();
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;

  /// Starts a thread. `work` doesn't throw and owns all that it uses, which may have to outlive
  /// everything else.
  void start(std::function<void()> work);

  /// Waits until all have ended.
  void join();

  /// Waits until all have ended, at most so long, and returns how many haven't. These go on by
  /// themselves.
  std::size_t join_within(std::chrono::milliseconds longest);

 private:
  struct Ends;

  std::shared_ptr<Ends> ends_;
  std::vector<std::thread> threads_;
};

/// How many threads that were left behind are still at work. Where there are any, the process ends
/// by _exit: they use what is destroyed otherwise. Thread-safe.
std::size_t threads_left_behind();

}  // namespace ocrtune
