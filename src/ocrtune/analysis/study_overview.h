#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "ocrtune/analysis/importance.h"
#include "ocrtune/analysis/pareto_front.h"
#include "ocrtune/analysis/stage_measurements.h"
#include "ocrtune/analysis/summary.h"
#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/analysis/verdict.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// What `ocrtune show` prints of a study.
struct StudyOverview {
  StudyDefinition definition;
  StudyTrials trials;
  Summary summary;
  std::optional<ParetoFront> front;  ///< of several objectives
  std::optional<Importance> importance;
  TrialMeasurements measurements;  ///< of the best point
  std::optional<Verdict> verdict;  ///< nothing before the first end of a tuning
  std::size_t pruned = 0;          ///< number of pruned trials
  int foreign_trials = 0;          ///< number of trials of other programs
};

/// Reads a study, with few trials in memory at a time. `study` must outlive the result. Throws
/// Error(study_error) if it has no finished baseline yet or is damaged.
StudyOverview study_overview(const Storage& study);

/// The overview in JSON, without the single trials. `study`: its file or address.
nlohmann::json overview_json(const StudyOverview& overview, const std::string& study);

}  // namespace ocrtune
