#include "ocrtune/storage/study_tail.h"

#include <algorithm>
#include <utility>

#include "ocrtune/storage/storage.h"
#include "ocrtune/study/constraint.h"

namespace ocrtune {

namespace {

/// Results of pages in memory at the same time.
constexpr std::size_t kMaxResults = 10'000;

/// Reads finished trials one by one; from a server, many of them in one go.
class ForwardReader {
 public:
  explicit ForwardReader(const Storage& storage)
      : storage_(storage),
        size_(std::max<std::size_t>(
            1, kMaxResults / std::max<std::size_t>(1, storage.definition().pages.size()))) {}

  /// `left`: trials that are wanted from this one on. nullptr if there is none of this number.
  const Trial* find(std::size_t number, std::size_t left) {
    if (trials_.empty() || number < first_ || number > last_) {
      first_ = number;
      last_ = number + std::min(size_, left) - 1;
      trials_ = storage_.trials_between(first_, last_);
    }
    const auto found = std::ranges::lower_bound(trials_, number, {}, &Trial::number);
    return found != trials_.end() && found->number == number ? &*found : nullptr;
  }

 private:
  const Storage& storage_;
  std::size_t size_;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  std::vector<Trial> trials_;
};

}  // namespace

StudyTail::StudyTail(std::string study) : study_(std::move(study)) {}

std::vector<TrialOutcome> StudyTail::next(std::size_t most) {
  if (!study_exists(study_)) return {};
  return next(*view_study(study_), most);
}

std::vector<TrialOutcome> StudyTail::next(const Storage& storage, std::size_t most) {
  if (!definition_) {
    definition_ = storage.definition();
    space_ = space_of(*definition_);
  }
  ForwardReader reader(storage);
  std::vector<TrialOutcome> outcomes;
  const std::vector<WrittenTrial> all = storage.written_after(mark_, most);
  for (const WrittenTrial& written : all) {
    TrialOutcome outcome{.number = written.number,
                         .value = std::nullopt,
                         .finished_us = written.finished_us,
                         .pruned = written.pruned};
    const std::size_t left = all.size() - outcomes.size();
    if (const Trial* trial = written.pruned ? nullptr : reader.find(written.number, left))
      add_results(*trial, outcome);
    outcomes.push_back(std::move(outcome));
    mark_ = written.mark;
  }
  return outcomes;
}

void StudyTail::add_results(const Trial& trial, TrialOutcome& outcome) {
  const std::vector<Constraint>& constraints = definition_->search.constraints;
  if (trial.number == 0) baseline_ = trial.pages;
  outcome.value = mean_score(trial.pages, definition_->objective);
  outcome.keeps_constraints = constraints.empty() || baseline_.size() != trial.pages.size() ||
                              violation(constraints, trial.pages, baseline_) == 0;
  for (const Score score : kFollowedScores)
    outcome.scores.set(score, mean_score(trial.pages, score));
  const auto confidence = outcome.scores.find(Score::confidence);
  const auto original = mean_score(baseline_, Score::confidence);
  if (confidence && original) outcome.delta = *confidence - *original;
  outcome.point = trial.point;
  outcome.settings = space_.texts_of(trial.point);
}

}  // namespace ocrtune
