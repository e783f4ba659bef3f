#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/search/evaluator.h"
#include "ocrtune/storage/task_queue.h"

namespace ocrtune {

/// Has trials evaluated by the workers of a study: it adds their pages to a TaskQueue and takes the
/// results. The trials are those of an Evaluator, in the same order, whatever the number of workers
/// and whichever of them end. The caller drives the study (TaskQueue::drive).
class SharedEvaluator final : public TrialEvaluator {
 public:
  /// `queue` must outlive it. `drive` is called several times in a lease; it throws if the study is
  /// not driven by this process any more, or if a worker of its own has failed.
  SharedEvaluator(TaskQueue& queue, const Corpus& corpus, std::function<void()> drive);

  /// As Evaluator::run. If it is stopped, the tasks of trials that were begun remain, and so do
  /// their results: the next driver takes them.
  void run(const EvaluatorEvents& events, const std::atomic<bool>& stop) override;

 private:
  TaskQueue& queue_;
  Corpus corpus_;
  std::function<void()> drive_;
};

}  // namespace ocrtune
