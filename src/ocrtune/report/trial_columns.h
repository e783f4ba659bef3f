#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Start and end of a study's finished trials, in milliseconds since 1970, UTC.
struct StudyTimes {
  double started_ms = 0;
  double finished_ms = 0;
};

/// From the start of the first trial to the end of the last one; 0 if there are none.
class StudySpan {
 public:
  /// Adds a finished trial.
  void add(const Trial& trial);

  [[nodiscard]] StudyTimes times() const;

 private:
  std::optional<std::int64_t> started_us_;
  std::optional<std::int64_t> finished_us_;
};

/// The trials of a study column by column: trials of study-data.schema.json.
struct TrialColumns {         // NOLINT(bugprone-exception-escape): json's destructor allocates
  std::vector<Score> scores;  ///< those that at least one trial has, in the order of all_scores()
  nlohmann::json trials;
};

/// Means and values of parameters have six significant digits, values of single pages four. Times
/// are those after `started_ms`. Pure.
TrialColumns trial_columns(const StudyDefinition& definition, const std::vector<Trial>& trials,
                           double started_ms);

/// The same for pruned trials: pruned of study-data.schema.json. `trials` contains the baseline,
/// with which they are compared on their pages.
nlohmann::json pruned_columns(const StudyDefinition& definition, const std::vector<Trial>& trials,
                              const std::vector<PrunedTrial>& pruned);

/// `value` rounded to so many significant digits, 1 to 15; infinite values and NaN are unchanged.
/// Pure.
double significant(double value, int digits);

}  // namespace ocrtune
