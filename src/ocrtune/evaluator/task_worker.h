#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/worker_threads.h"
#include "ocrtune/evaluator/device_use.h"
#include "ocrtune/evaluator/memory.h"
#include "ocrtune/evaluator/page_evaluator.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/task_queue.h"

namespace ocrtune {

/// Evaluates pages of trials that a TaskQueue has, on several threads, until it is stopped. A
/// result depends only on its trial and page, so it does not matter which worker evaluates it. For
/// one thread, but for what is said below.
class TaskWorker {
 public:
  /// Starts `plan.workers` threads. `searched`: the study's pipeline, of which tasks have the
  /// points; trial 0 is the baseline. Stages run on `devices` if there are any.
  TaskWorker(std::unique_ptr<TaskQueue> queue, std::string name, const Corpus& corpus,
             const RecognitionOptions& reading, const MemoryPlan& plan, Pipeline searched,
             std::vector<std::shared_ptr<DeviceUse>> devices = {});

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

  [[nodiscard]] CacheUse cache_use() const;

 private:
  struct Shared;

  SerialOpenCv serial_;
  std::shared_ptr<Shared> shared_;
  WorkerThreads threads_;
  bool stopped_ = false;
};

}  // namespace ocrtune
