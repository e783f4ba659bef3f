#pragma once

#include <string>
#include <vector>

#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// The Pareto front: the trials of a study that no other trial dominates.
struct ParetoFront {
  /// A trial of the front.
  struct Entry {
    std::size_t number = 0;      ///< the trial's; 0: the baseline
    Point point;                 ///< empty for the baseline
    std::vector<double> values;  ///< one for each objective
  };
  std::vector<Score> objectives;  ///< the study's, the first one first
  std::vector<Entry> entries;  ///< by the first objective, the best first; may include the baseline
  Space space;                 ///< of their points
};

/// The front of the trials that break no constraint.
ParetoFront pareto_front(const StudyDefinition& definition, const StudyTrials& trials);

/// The numbers of its trials, in its order.
std::vector<std::size_t> front_numbers(const StudyDefinition& definition,
                                       const TrialScores& trials);

/// The front as text: one line per point, with its values and parameters.
std::string pareto_text(const ParetoFront& front);

/// `;`, UTF-8, header: trial, the objectives, the parameters.
std::string pareto_csv(const ParetoFront& front);

}  // namespace ocrtune
