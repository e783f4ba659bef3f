#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// When a study's finished trials were in work, in milliseconds since 1970, UTC.
struct StudyTimes {
  double started_ms = 0;
  double finished_ms = 0;
};

/// From the first trial's begin to the last one's end; 0 where there are none. Pure.
StudyTimes times_of(const std::vector<Trial>& trials);

/// The trials of a study column by column: Trials of web/src/contract/study_data.ts.
struct TrialColumns {         // NOLINT(bugprone-exception-escape): json's destructor allocates
  std::vector<Score> scores;  ///< those that at least one trial has, in the order of all
  nlohmann::json trials;
};

/// Means and values of parameters have six significant digits, what single pages have four. Pure.
TrialColumns trial_columns(const StudyDefinition& definition, const std::vector<Trial>& trials);

/// The same of trials that were stopped early: Pruned of study_data.ts. `trials` has the baseline,
/// which they are compared with on the pages that they have.
nlohmann::json pruned_columns(const StudyDefinition& definition, const std::vector<Trial>& trials,
                              const std::vector<PrunedTrial>& pruned);

/// `value` with so many significant digits, 1 to 15; what isn't finite stays as it is. Pure.
double significant(double value, int digits);

}  // namespace ocrtune
