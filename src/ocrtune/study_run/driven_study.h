#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/execution/page_evaluator.h"
#include "ocrtune/search/evaluator.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/storage/task_queue.h"
#include "ocrtune/study_run/study_run.h"

namespace ocrtune::workflow {

/// Has the trials of a study on a PostgreSQL server evaluated: by threads of this process, and by
/// all the workers (worker.h) of the study.
class DrivenStudy final : public TrialEvaluator {
 public:
  /// `open`, `plan` and `events` must outlive it. `study`: its address. Stages of this process run
  /// on `devices` if there are any.
  DrivenStudy(std::string study, const OpenStudy& open, const MemoryPlan& plan,
              std::vector<std::shared_ptr<DeviceUse>> devices, const Events& events);

  /// As SharedEvaluator::run. Connects again if connections are lost (reconnection_for). If another
  /// process drives the study, waits until it tells so again, or has ended, at most for kLease.
  /// Throws Error(study_error) if it does.
  void run(const EvaluatorEvents& events, const std::atomic<bool>& stop) override;

  /// The work saved by the caches of this process.
  [[nodiscard]] CacheUse cache_use() const { return use_; }

 private:
  bool wait_for_turn(const std::atomic<bool>& stop);
  void require_turn();

  std::string study_;
  const OpenStudy& open_;
  const MemoryPlan& plan_;
  std::vector<std::shared_ptr<DeviceUse>> devices_;
  const Events& events_;
  std::unique_ptr<TaskQueue> queue_;
  Driver driver_;
  CacheUse use_;
};

/// How a command that works on a study bears the loss of its connection to the server: it connects
/// again for 10 minutes.
Reconnection reconnection_for(const Events& events);

/// The references as a Driver names them: "none", "without_truth" or "all".
std::string references_name(References references);

/// The references of that name. Throws Error(study_error) if there are none.
References references_named(const std::string& name);

}  // namespace ocrtune::workflow
