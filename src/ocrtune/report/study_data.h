#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/correlations.h"
#include "ocrtune/analysis/importance.h"
#include "ocrtune/analysis/summary.h"
#include "ocrtune/analysis/timings.h"
#include "ocrtune/analysis/verdict.h"
#include "ocrtune/report/trial_columns.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// The most finished and the most pruned trials that reports and the web interface show: more make
/// a page slow and its charts no clearer. Results are those of all trials.
inline constexpr std::size_t kMaxTrialsShown = 20'000;

/// What reports and the web interface show of a study, read once.
struct StudyFindings {
  StudyDefinition definition;
  std::vector<Trial> trials;        ///< those that are shown (ShownTrials), by number
  std::size_t trial_count = 0;      ///< all finished ones
  std::vector<PrunedTrial> pruned;  ///< those that are shown, evenly chosen
  std::size_t pruned_count = 0;     ///< all of them
  Confirmations validations;
  Summary summary;
  StudyTimes times;
  TimingSummary timings;
  std::optional<Importance> importance;
  std::optional<Correlations> correlations;
  std::vector<std::size_t> front;  ///< numbers of the Pareto front, as far as they are shown
  std::optional<Verdict> verdict;  ///< nothing before the first end of a tuning
};

/// Reads a study, with few trials besides those that are shown in memory. Throws Error(study_error)
/// if it has no finished baseline yet or is damaged.
StudyFindings study_findings(const Storage& study, std::size_t max_shown = kMaxTrialsShown);

/// The content of a report except pictures: study-data.schema.json. `name` is
/// the study's file name. Means and values of parameters have six significant digits, values of
/// single pages four.
nlohmann::json study_data(const StudyFindings& findings, const std::string& name);

/// The same as compact JSON in UTF-8; invalid UTF-8 becomes U+FFFD.
std::string study_data_text(const nlohmann::json& data);

/// The current data of a study, without pictures, as compact JSON. Errors as study_findings.
std::string study_data_text(const Storage& study, const std::string& name);

}  // namespace ocrtune
