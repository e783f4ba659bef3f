#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// How a trial stands to a constraint.
struct ConstraintReport {
  Constraint constraint;  ///< the study's
  double value = 0;       ///< what is bounded, in the unit people read
  std::string page;       ///< whose loss it is; empty for a mean
  double violation = 0;   ///< as Standing's
};

/// What pages that were held out say of the trial that was chosen on the others.
struct Validation {
  std::size_t number = 0;  ///< of the trial
  std::size_t pages = 0;   ///< that have a value
  MeanScores baseline;     ///< means of the pages as they came
  MeanScores scores;       ///< means of the trial
  Interval gain;           ///< of the objective over the baseline, positive is better
  std::vector<ConstraintReport> constraints;  ///< the study's, on these pages
};

/// Which trial a study recommends.
struct Recommendation {
  std::size_t number = 0;                ///< 0: the pages as they came
  std::optional<Validation> validation;  ///< of the candidate, where pages were held out and read
  std::optional<std::size_t> unsteady;   ///< the best candidate, where its gain isn't steady enough
};

/// True where a trial still gains over the baseline, by the study's objective, when the pages that
/// gain most are left out: two, or a twentieth of the pages where those are more. Where that leaves
/// none, each page has to gain. A few pages that gain much say little of pages not tuned on.
bool gains_steadily(const StudyDefinition& definition, const Trial& baseline, const Trial& trial);

/// The trials that beat the baseline on the pages they were evaluated on and break no constraint,
/// the best first. Points into `trials`.
std::vector<const Trial*> candidates(const StudyDefinition& definition,
                                     const std::vector<Trial>& trials);

/// The first candidate, or of those that gain steadily where the study asks for it: what is to be
/// shown on the pages held out. Null where there is none. Points into `trials`.
const Trial* chosen_candidate(const StudyDefinition& definition, const std::vector<Trial>& trials);

/// How results stand to a study's constraints, in their order; `baseline` and `records` are of the
/// same pages.
std::vector<ConstraintReport> constraint_reports(const StudyDefinition& definition,
                                                 const std::vector<PageRecord>& records,
                                                 const std::vector<PageResult>& pages,
                                                 const std::vector<PageResult>& baseline);

/// The chosen candidate, unless it was read on the pages held out and doesn't gain there or breaks
/// a constraint. No other candidate takes its place: what is chosen on pages gains more on these
/// than on others. Throws as summarize().
Recommendation recommend(const StudyDefinition& definition, const std::vector<Trial>& trials,
                         const Confirmations& validations);

}  // namespace ocrtune
