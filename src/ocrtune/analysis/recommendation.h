#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/metrics/statistics.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// How far a trial satisfies a constraint.
struct ConstraintReport {
  Constraint constraint;  ///< the study's
  double value = 0;       ///< the bounded value, in the displayed unit
  std::string page;       ///< page of the loss; empty for a mean
  double violation = 0;   ///< as in Standing
};

/// Result on the validation pages of the trial that was chosen on the other pages.
struct Validation {
  std::size_t number = 0;  ///< of the trial
  std::size_t pages = 0;   ///< number that have a value
  MeanScores baseline;     ///< means of the original pages
  MeanScores scores;       ///< means of the trial
  Interval gain;           ///< of the objective over the baseline, positive is better
  std::vector<ConstraintReport> constraints;  ///< the study's, on these pages
};

/// The trial that a study recommends.
struct Recommendation {
  std::size_t number = 0;                ///< 0: the baseline
  std::optional<Validation> validation;  ///< of the candidate, if it was evaluated on validation
                                         ///< pages
  std::optional<std::size_t> unsteady;   ///< the best candidate, if its gain is not steady enough
};

/// The trials that are better than the baseline on the tuning pages and break no constraint, the
/// best first: their indices.
std::vector<std::size_t> candidates(const StudyDefinition& definition, const TrialScores& trials);

/// The first candidate, or the first one with a steady gain if the study requires it: the one to
/// evaluate on the validation pages. A gain is steady if it remains without the pages that gain
/// most: two, or a twentieth of the pages if that is more; if no pages remain, each page has to
/// gain. Large gains of a few pages say little about other pages. Null if there is none. Points
/// into `trials`.
const Trial* chosen_candidate(const StudyDefinition& definition, const std::vector<Trial>& trials);

/// How far results satisfy a study's constraints, in their order; `baseline` and `records` are of
/// the same pages.
std::vector<ConstraintReport> constraint_reports(const StudyDefinition& definition,
                                                 const std::vector<PageRecord>& records,
                                                 const std::vector<PageResult>& pages,
                                                 const std::vector<PageResult>& baseline);

/// By how much a trial breaks a study's constraints: as violation(), for scores that are kept.
double violation_of(const StudyDefinition& definition, const TrialScores& trials,
                    std::size_t index);

/// The chosen candidate, unless it was evaluated on the validation pages and does not gain there or
/// breaks a constraint. It is not replaced by another candidate, because a choice on the validation
/// pages would bias their gain. Throws as summarize_trials().
Recommendation recommend(const StudyDefinition& definition, const TrialScores& trials,
                         const Confirmations& validations);

}  // namespace ocrtune
