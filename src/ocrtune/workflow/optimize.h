#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/evaluator/search_end.h"
#include "ocrtune/report/pareto_front.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/workflow/study_options.h"

namespace ocrtune::workflow {

/// What `optimize` is asked for.
struct OptimizeOptions {
  StudyOptions study;  ///< what every study has
  /// A name of sampler_names(); none: the study's, tpe for a new one.
  std::optional<std::string> sampler;
  /// A name of pruner_names(); none: the study's, no pruner for a new one.
  std::optional<std::string> pruner;
  /// In the study in all, earlier ones included; the baseline isn't counted.
  std::size_t trials = 100;
  std::optional<double> timeout;  ///< s
  /// Trials without a better one after which it ends; only with one objective.
  std::optional<std::size_t> patience;
  /// Trials asked for before earlier ones are told; none: by the number of pages.
  std::optional<std::size_t> in_flight;
  std::string output;  ///< empty: no pipeline file
  /// Points to begin with: pipelines, presets, studies or JSON lists.
  std::vector<std::string> enqueue;
};

/// The options of `optimize`; they point into `options`, which must outlive them.
Options options_of(OptimizeOptions& options);

/// What a study has found after a search or a screening.
struct StudyResult {
  std::optional<Summary> summary;      ///< nothing where it was stopped before its end
  ParetoFront front;                   ///< of several objectives
  SearchEnd end = SearchEnd::stopped;  ///< why it ended
  std::size_t left_out = 0;            ///< inputs that couldn't be read
};

/// Searches for the settings that read the pages best with a sampler of one's choice. What is
/// finished is kept in the study's file; the same options go on with it. Throws Error.
StudyResult optimize(const OptimizeOptions& options, const Events& events);

}  // namespace ocrtune::workflow
