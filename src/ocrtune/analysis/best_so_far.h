#pragma once

#include <cstddef>
#include <optional>

#include "ocrtune/metrics/score.h"
#include "ocrtune/storage/study_tail.h"

namespace ocrtune {

/// Progress of a study, updated with one outcome after the other.
struct BestSoFar {
  std::size_t done = 0;  ///< trials without the baseline
  std::optional<double> baseline;
  std::optional<double> best;  ///< of the baseline and the trials that satisfy the constraints
  std::optional<std::size_t> best_number;
  Point best_point;  ///< its parameters

  void add(const TrialOutcome& outcome, Score objective) {
    if (outcome.number > 0) ++done;
    if (!outcome.value) return;
    if (outcome.number == 0) baseline = outcome.value;
    const bool better =
        outcome.keeps_constraints && (!best || is_better(objective, *outcome.value, *best));
    if (outcome.number > 0 && !better) return;
    best = outcome.value;
    best_number = outcome.number;
    best_point = outcome.point;
  }
};

}  // namespace ocrtune
