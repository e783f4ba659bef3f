#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/pareto_front.h"
#include "ocrtune/analysis/summary.h"
#include "ocrtune/options/study_options.h"
#include "ocrtune/options/trial_reports.h"
#include "ocrtune/search/search_end.h"

namespace ocrtune::workflow {

/// Options of `optimize`.
struct OptimizeOptions {
  StudyOptions study;    ///< common options of studies
  TrialReports reports;  ///< on finished trials
  /// A name of sampler_names(); empty: the study's, or usual_sampler() for a new one.
  std::optional<std::string> sampler;
  /// Searches of a local sampler; empty: the study's, or any number for a new one.
  std::optional<std::size_t> starts;
  /// A name of pruner_names(); empty: the study's, or no pruner for a new one.
  std::optional<std::string> pruner;
  /// Total number of trials in the study, including earlier ones, without the baseline.
  std::size_t trials = 100;
  std::optional<double> budget;  ///< s
  /// Ends after so many trials without a new best one; only with one objective.
  std::optional<std::size_t> patience;
  /// Trials in flight; empty: by the number of pages.
  std::optional<std::size_t> in_flight;
  std::string output;  ///< pipeline file; empty: none
  /// Initial points: pipelines, presets, studies, CSV files of the Python design or JSON lists.
  std::vector<std::string> enqueue;
};

/// The default sampler: the best of docs/reference/samplers/comparison.md, where it supports the
/// number of objectives and of trials.
std::string usual_sampler(std::size_t objectives, std::size_t trials);

/// The option table of `optimize`; it points into `options`, which must outlive it.
Options options_of(OptimizeOptions& options);

/// Result of a search or screening.
struct StudyResult {
  std::optional<Summary> summary;      ///< nothing if it was stopped early
  ParetoFront front;                   ///< for several objectives
  SearchEnd end = SearchEnd::stopped;  ///< why it ended
  std::size_t left_out = 0;            ///< inputs that could not be read
};

/// Searches for the best parameters with the chosen sampler. Finished trials are stored in the
/// study's file; the same options resume it. Throws Error.
StudyResult optimize(const OptimizeOptions& options, const Events& events);

}  // namespace ocrtune::workflow
