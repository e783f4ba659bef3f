#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/analysis/step_table.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// Mean, standard deviation and quantiles, in ms.
struct Spread {
  double mean = 0;
  double deviation = 0;  ///< of the sample; 0 of a single time
  double least = 0;
  double p25 = 0;
  double median = 0;
  double p75 = 0;
  double p95 = 0;
  double most = 0;
};

/// Time of one step over a study.
struct StepSummary {
  std::string name;
  std::size_t count = 0;        ///< (trial, page) pairs that need the step
  std::size_t cached = 0;       ///< those with a cached result
  std::optional<Spread> done;   ///< times of the others, in ms; nothing if there are none
  std::optional<double> share;  ///< of the workers' time, including the pairs with a cached result
};

struct PageTime {
  std::string name;
  double mean_ms = 0;  ///< mean of total_ms over the trials
};

/// Mean times of a trial's pages, in ms.
struct TrialTime {
  std::size_t number = 0;  ///< of the trial
  double total_ms = 0;
  double preprocess_ms = 0;
  double ocr_ms = 0;
};

/// Running times of a study.
struct TimingSummary {
  std::size_t trials = 0;             ///< finished, including the baseline
  std::size_t pages = 0;              ///< of the study
  std::size_t trials_with_steps = 0;  ///< those with stored steps
  double busy_s = 0;    ///< wall-clock time during which at least one finished trial was in flight
  double worker_s = 0;  ///< time of all workers on finished trials, without waiting
  std::vector<StepSummary> steps;    ///< in the order of execution
  std::vector<StepSummary> columns;  ///< total, preprocess, …: available in every format
  std::vector<PageTime> slowest;     ///< at most ten pages, the slowest first
  std::vector<TrialTime> by_trial;   ///< in the order of the trials

  /// Per second of busy_s; nothing if no time passed.
  [[nodiscard]] std::optional<double> trials_per_s() const;
  [[nodiscard]] std::optional<double> pages_per_s() const;   ///< (trial, page) pairs
  [[nodiscard]] std::optional<double> workers_busy() const;  ///< on average
};

/// The times of a study's trials without their steps: 24 bytes for each page of a trial, 32 for
/// each trial.
class TimingColumns {
 public:
  /// Adds a finished trial.
  void add(const Trial& trial);

 private:
  friend TimingSummary summarize_timings(const StudyDefinition& definition, TimingColumns columns);
  friend void add_columns(const StudyDefinition& definition, TimingColumns columns,
                          TimingSummary& summary);

  std::vector<std::pair<double, double>> spans_;  ///< start and end of each trial, in us
  std::vector<TrialTime> by_trial_;
  std::vector<std::vector<double>> times_;  ///< by column, in ms
  std::vector<double> totals_;              ///< by page: sum of total_ms over the trials
};

/// Throws Error(study_error) if no trial is finished yet.
TimingSummary summarize_timings(const StudyDefinition& definition, const std::vector<Trial>& trials,
                                const StepTable& steps);

/// The same without steps: the columns are there instead, all except the first, which is the total.
TimingSummary summarize_timings(const StudyDefinition& definition, TimingColumns columns);

/// Seconds that so many points on so many pages would take at the study's rate.
std::optional<double> estimated_seconds(const TimingSummary& summary, std::size_t points,
                                        std::size_t pages);

/// Steps, or the columns if there are no steps, and the slowest pages as text.
std::string timings_text(const TimingSummary& summary);

/// A table with one row for each trial.
std::string trial_times_text(const TimingSummary& summary);

/// Without the trials.
nlohmann::json timings_json(const TimingSummary& summary);

/// A list of {"trial", "total_ms", "preprocess_ms", "ocr_ms"}.
nlohmann::json trial_times_json(const TimingSummary& summary);

}  // namespace ocrtune
