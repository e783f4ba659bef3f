#include "ocrtune/study/study_tail.h"

#include <utility>

#include "ocrtune/study/constraint.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

StudyTail::StudyTail(std::string study) : study_(std::move(study)) {}

std::vector<TrialOutcome> StudyTail::next(std::size_t most) {
  if (!study_exists(study_)) return {};
  const std::unique_ptr<Storage> storage = view_study(study_);
  if (!definition_) definition_ = storage->definition();
  const std::vector<Constraint>& constraints = definition_->search.constraints;
  std::vector<TrialOutcome> outcomes;
  for (const WrittenTrial& written : storage->written_after(mark_, most)) {
    TrialOutcome outcome{.number = written.number,
                         .value = std::nullopt,
                         .finished_us = written.finished_us,
                         .pruned = written.pruned};
    if (const auto trial = written.pruned ? std::nullopt : storage->trial(written.number)) {
      if (trial->number == 0) baseline_ = trial->pages;
      outcome.value = mean_score(trial->pages, definition_->objective);
      outcome.keeps_constraints = constraints.empty() || baseline_.size() != trial->pages.size() ||
                                  violation(constraints, trial->pages, baseline_) == 0;
    }
    outcomes.push_back(outcome);
    mark_ = written.mark;
  }
  return outcomes;
}

}  // namespace ocrtune
