#pragma once

#include <vector>

#include "ocrtune/analysis/summary.h"
#include "ocrtune/analysis/trial_scores.h"

namespace ocrtune::test {

/// The summary of loaded trials.
inline Summary summary_of(const StudyDefinition& definition, const std::vector<Trial>& trials,
                          const Confirmations& confirmations = {},
                          const Confirmations& validations = {}) {
  return summarize_trials(definition, study_trials(definition, trials), confirmations, validations);
}

}  // namespace ocrtune::test
