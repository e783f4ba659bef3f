#include "ocrtune/analysis/study_overview.h"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "ocrtune/analysis/results_json.h"

namespace ocrtune {

StudyOverview study_overview(const Storage& study) {
  const StudyDefinition& definition = study.definition();
  std::vector<Trial> first;
  StudyTrials trials = study_trials(study, [&](const Trial& trial) {
    if (is_for_importance(definition, trial)) first.push_back(trial);
  });
  Summary summary = summarize_study(study, trials);
  std::optional<ParetoFront> front;
  if (!definition.search.more_objectives.empty()) front = pareto_front(definition, trials);
  TrialMeasurements measurements = measurements_of_best(study, trials.scores, summary.best_number);
  return {.definition = definition,
          .trials = std::move(trials),
          .summary = std::move(summary),
          .front = std::move(front),
          .importance = importance(definition, first),
          .measurements = std::move(measurements),
          .verdict = verdict_of(study),
          .pruned = study.counts().pruned,
          .foreign_trials = study.foreign_trials()};
}

nlohmann::json overview_json(const StudyOverview& overview, const std::string& study) {
  const StudyDefinition& definition = overview.definition;
  nlohmann::json written = summary_json(overview.summary);
  written["study"] = study;
  written["seed"] = definition.seed;
  written["program"] = definition.program;
  written["foreign_trials"] = overview.foreign_trials;
  written["reference_engine"] = definition.search.reference_engine;
  written["sampler"] = definition.search.sampler;
  written["pruner"] = definition.search.pruner;
  written["pruned_trials"] = overview.pruned;
  if (overview.front) written["pareto_front"] = pareto_json(*overview.front);
  if (overview.importance) written["importance"] = importance_json(*overview.importance);
  if (!overview.measurements.pages.empty())
    written["measurements"] = measurements_json(overview.measurements);
  if (overview.verdict) written["verdict"] = verdict_result_json(*overview.verdict);
  return written;
}

}  // namespace ocrtune
