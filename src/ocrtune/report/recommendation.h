#pragma once

#include <cstddef>
#include <vector>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// What pages that were held out say of a trial that was the best on the others.
struct Validation {
  std::size_t number = 0;
  std::size_t pages = 0;  ///< that have a value
  MeanScores baseline;
  MeanScores scores;
  Interval gain;  ///< of the objective over the baseline, positive is better
};

/// Which trial a study recommends.
struct Recommendation {
  std::size_t number = 0;               ///< 0: the pages as they came
  std::vector<Validation> validations;  ///< of the candidates that were validated, the best first
};

/// The trials that beat the baseline on the pages they were evaluated on and break no constraint,
/// the best first. Points into `trials`.
std::vector<const Trial*> candidates(const StudyDefinition& definition,
                                     const std::vector<Trial>& trials);

/// The first candidate that also gains on the pages held out; where none were held out, or none was
/// validated yet, the first one. Throws as summarize().
Recommendation recommend(const StudyDefinition& definition, const std::vector<Trial>& trials,
                         const Confirmations& validations);

}  // namespace ocrtune
