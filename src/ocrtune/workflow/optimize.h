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

struct OptimizeOptions {
  StudyOptions study;
  std::optional<std::string> sampler;
  std::optional<std::string> pruner;
  std::size_t trials = 100;
  std::optional<double> timeout;  ///< s
  std::optional<std::size_t> patience;
  std::optional<std::size_t> in_flight;
  std::string output;  ///< empty: no pipeline file
  std::vector<std::string> enqueue;
};

Options options_of(OptimizeOptions& options);

/// What a study has found after a search or a screening.
struct StudyResult {
  std::optional<Summary> summary;  ///< nothing where it was stopped before its end
  ParetoFront front;               ///< of several objectives
  SearchEnd end = SearchEnd::stopped;
  std::size_t left_out = 0;  ///< inputs that couldn't be read
};

/// Searches for the settings that read the pages best with a sampler of one's choice. What is
/// finished is kept in the study's file; the same options go on with it. Throws Error.
StudyResult optimize(const OptimizeOptions& options, const Events& events);

}  // namespace ocrtune::workflow
