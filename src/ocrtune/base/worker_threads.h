#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

namespace ocrtune {

/// Threads that can be abandoned, because a library call in progress cannot be interrupted. To be
/// used from one thread.
class WorkerThreads {
 public:
  WorkerThreads();
  /// Waits for all threads that were not abandoned.
  ~WorkerThreads();
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;

  /// Starts a thread. `work` must not throw and must own all that it uses, which may have to
  /// outlive everything else. Throws std::system_error if the machine has no thread left; those
  /// that were started have to be told to end then.
  void start(std::function<void()> work);

  /// Waits until all have ended.
  void join();

  /// Waits until all have ended, at most `longest`, and returns the number of those that have not.
  /// These continue on their own.
  std::size_t join_within(std::chrono::milliseconds longest);

 private:
  struct Ends;

  std::shared_ptr<Ends> ends_;
  std::vector<std::thread> threads_;
};

/// Number of abandoned threads that still run. If there are any, the process must end by _exit:
/// static destructors would destroy what they use. Thread-safe.
std::size_t threads_left_behind();

}  // namespace ocrtune
