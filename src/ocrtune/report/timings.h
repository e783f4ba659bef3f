#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/report/step_table.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// Mean and quantiles of milliseconds.
struct Spread {
  double mean = 0;
  double median = 0;
  double p95 = 0;
};

/// What one step of a page's way took over a study.
struct StepSummary {
  std::string name;
  std::size_t count = 0;        ///< (trial, page) pairs it was due for
  std::size_t cached = 0;       ///< those of them that it was not done for: its result was known
  std::optional<Spread> done;   ///< of the others, in ms; nothing where there are none
  std::optional<double> share;  ///< of the workers' time, its cached times included
};

struct PageTime {
  std::string name;
  double mean_ms = 0;  ///< total_ms over the trials
};

/// Where a study's time went, and how fast it was.
struct TimingSummary {
  std::size_t trials = 0;             ///< finished, the baseline included
  std::size_t pages = 0;              ///< of the study
  std::size_t trials_with_steps = 0;  ///< those that the study has steps of
  double busy_s = 0;    ///< wall clock during which at least one finished trial was in work
  double worker_s = 0;  ///< time of all workers on finished trials, waiting left out
  std::vector<StepSummary> steps;    ///< in the order they are done
  std::vector<StepSummary> columns;  ///< total, preprocess, …: what every format has
  std::vector<PageTime> slowest;     ///< at most ten pages, the slowest first

  /// Per second of busy_s; nothing where no time passed.
  [[nodiscard]] std::optional<double> trials_per_s() const;
  [[nodiscard]] std::optional<double> pages_per_s() const;   ///< (trial, page) pairs
  [[nodiscard]] std::optional<double> workers_busy() const;  ///< on average
};

/// Throws Error(study_error) where no trial is finished yet.
TimingSummary summarize_timings(const StudyDefinition& definition, const std::vector<Trial>& trials,
                                const StepTable& steps);

/// Seconds that so many points on so many pages would take at the study's rate.
std::optional<double> estimated_seconds(const TimingSummary& summary, std::size_t points,
                                        std::size_t pages);

/// The steps, or where there are none the columns, and the slowest pages as a text for a person.
std::string timings_text(const TimingSummary& summary);

nlohmann::json timings_json(const TimingSummary& summary);

}  // namespace ocrtune
