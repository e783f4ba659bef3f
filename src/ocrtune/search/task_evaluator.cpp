#include "ocrtune/search/task_evaluator.h"

#include <algorithm>
#include <utility>

#include "ocrtune/base/time.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/pipeline/presets.h"

namespace ocrtune {

TaskEvaluator::TaskEvaluator(const Corpus& corpus, const RecognitionOptions& recognition,
                             const MemoryPlan& plan, Pipeline searched,
                             std::vector<std::shared_ptr<DeviceUse>> devices)
    : searched_(std::move(searched)), pages_(corpus, plan, std::move(devices)) {
  for (int thread = 0; thread < std::max(1, plan.workers); ++thread)
    recognizers_.push_back(std::make_unique<RecognizerPool>(recognition));
}

std::optional<PageResult> TaskEvaluator::evaluate(const PageTask& task, std::size_t thread,
                                                  const std::atomic<bool>& stop) {
  const auto waited_us = static_cast<std::int64_t>(1000 * std::max(0., task.waited_ms));
  return pages_.evaluate(task.page, task.trial == 0 ? raw_pipeline() : searched_.at(task.point),
                         now_us() - waited_us, *recognizers_[thread], stop);
}

EvaluateTask evaluating(std::shared_ptr<TaskEvaluator> evaluator) {
  return [evaluator = std::move(evaluator)](const PageTask& task, std::size_t thread,
                                            const std::atomic<bool>& stop) {
    return evaluator->evaluate(task, thread, stop);
  };
}

}  // namespace ocrtune
