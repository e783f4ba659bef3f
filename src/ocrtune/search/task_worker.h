#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/worker_threads.h"
#include "ocrtune/storage/task_queue.h"

namespace ocrtune {

/// Evaluates a task on one of a worker's threads, whose number it gets; nothing if `stop` has
/// become true.
using EvaluateTask = std::function<std::optional<PageResult>(
    const PageTask& task, std::size_t thread, const std::atomic<bool>& stop)>;

/// Evaluates tasks that a TaskQueue has, on several threads, until it is stopped. For one thread,
/// but for what is said below.
class TaskWorker {
 public:
  /// Starts `thread_count` threads, at least 1, that call `evaluate`; one of them may be left
  /// behind with it (stop()), so it must not refer to what ends earlier.
  TaskWorker(std::unique_ptr<TaskQueue> queue, std::string name, std::size_t thread_count,
             EvaluateTask evaluate);

  /// Stops as stop() does.
  ~TaskWorker();

  TaskWorker(const TaskWorker&) = delete;
  TaskWorker& operator=(const TaskWorker&) = delete;

  /// Throws the first Error of a thread, if there was one.
  void check() const;

  /// Number of pages evaluated. Thread-safe.
  [[nodiscard]] std::size_t pages_done() const;

  /// Ends pages in progress early and gives them back; returns after at most about 1.2 s. A thread
  /// that cannot be interrupted is left behind (threads_left_behind).
  void stop();

 private:
  struct Shared;

  SerialOpenCv serial_;
  std::shared_ptr<Shared> shared_;
  WorkerThreads threads_;
  bool stopped_ = false;
};

}  // namespace ocrtune
