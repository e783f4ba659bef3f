#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace ocrtune::server {

/// A fixed number of threads and a queue of bounded length. Thread-safe.
class WorkerThreads {
 public:
  /// `queue`: tasks that may wait.
  WorkerThreads(std::size_t threads, std::size_t queue);
  ~WorkerThreads();
  WorkerThreads(const WorkerThreads&) = delete;
  WorkerThreads& operator=(const WorkerThreads&) = delete;

  /// Waits until there is room in the queue.
  void add(std::function<void()> task);

  /// True where tasks wait for a thread.
  [[nodiscard]] bool crowded() const;

  /// Does what is in the queue, and ends the threads.
  void finish();

 private:
  void work();

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::function<void()>> tasks_;
  std::size_t room_;
  bool finishing_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace ocrtune::server
