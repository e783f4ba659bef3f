#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// How one page fared with the best point.
struct PageChange {
  std::string name;
  double baseline = 0;  ///< objective's value of the page as it came
  double best = 0;
};

/// What a study has found so far.
struct Summary {
  Objective objective = Objective::confidence;
  std::size_t points = 0;  ///< finished, the baseline not counted
  MeanScores baseline;
  std::size_t best_number = 0;  ///< 0: nothing beats the pages as they came
  MeanScores best;
  Point best_point;
  Interval gain;  ///< of the objective, positive is better, over the pages the best was chosen on
  std::vector<PageChange> worse;  ///< pages that the best point reads worse, the worst first
  std::size_t judged_pages = 0;
  std::size_t failed_pages = 0;  ///< (trial, page) pairs whose pipeline couldn't run
};

/// Throws Error(study_error) where the study has no baseline yet.
Summary summarize(const StudyDefinition& definition, const std::vector<Trial>& trials);

/// The summary for a person: several lines, ending with a line end.
std::string summary_text(const Summary& summary);

nlohmann::json summary_json(const Summary& summary);

/// The study's pipeline with the best point's values fixed; the raw pipeline where nothing beats
/// the baseline.
Pipeline best_pipeline(const StudyDefinition& definition, const Summary& summary);

}  // namespace ocrtune
