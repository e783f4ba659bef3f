#pragma once

#include <cstddef>
#include <functional>
#include <optional>

#include "ocrtune/options/option.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune::workflow {

/// What is told of the trials of a search, besides its progress.
struct TrialReports {
  /// A message for every so many points, and for each new best one; empty: none.
  std::optional<std::size_t> every;
  /// Gets each trial that this run finished, pruned ones left out, in the thread that called the
  /// workflow.
  std::function<void(const StudyDefinition& definition, const Trial& trial)> finished = {};
};

/// --log-every.
Option log_every_option(TrialReports& reports);

}  // namespace ocrtune::workflow
