#pragma once

#include <atomic>
#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/device_use.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/execution/page_evaluator.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/search/task_worker.h"
#include "ocrtune/storage/task_queue.h"

namespace ocrtune {

/// Evaluates the pages of trials that a TaskQueue has. A result depends only on its trial and page,
/// so it does not matter which worker evaluates it. Thread-safe.
class TaskEvaluator {
 public:
  /// For `plan.workers` threads. `searched`: the study's pipeline, of which tasks have the points;
  /// trial 0 is the baseline. Stages run on `devices` if there are any.
  TaskEvaluator(const Corpus& corpus, const RecognitionOptions& recognition, const MemoryPlan& plan,
                Pipeline searched, std::vector<std::shared_ptr<DeviceUse>> devices = {});

  /// The result of a task; nothing if it was stopped. `thread`: of the caller, below threads(); its
  /// recognizers are used. Throws Error if the page or an OCR engine is not available.
  std::optional<PageResult> evaluate(const PageTask& task, std::size_t thread,
                                     const std::atomic<bool>& stop);

  [[nodiscard]] std::size_t threads() const { return recognizers_.size(); }

  [[nodiscard]] CacheUse cache_use() const { return pages_.cache_use(); }

 private:
  const Pipeline searched_;
  std::vector<std::unique_ptr<RecognizerPool>> recognizers_;  // by thread
  PageEvaluator pages_;
};

/// What a TaskWorker calls to evaluate its tasks with `evaluator`.
EvaluateTask evaluating(std::shared_ptr<TaskEvaluator> evaluator);

}  // namespace ocrtune
