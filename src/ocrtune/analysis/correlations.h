#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Minimum number of trials for computing correlations.
inline constexpr std::size_t kCorrelationTrials = 10;

/// How a parameter and a score rise together, -1 to 1; nothing if one of them does not vary, or if
/// fewer than kCorrelationTrials trials have both.
struct Correlation {
  std::optional<double> pearson;   ///< of the values
  std::optional<double> spearman;  ///< of their ranks
};

/// Correlations of the parameters of a study with its scores.
struct Correlations {
  std::size_t trials = 0;               ///< complete ones, without the original pages
  std::vector<std::string> parameters;  ///< those whose values have an order: no categories
  std::vector<Score> scores;            ///< the objectives, kFollowedScores, error rates
  std::vector<std::vector<Correlation>> entries;  ///< by parameter, then by score
};

/// The parameters and scores of trials, of which correlations are computed. Not thread-safe.
class CorrelationColumns {
 public:
  explicit CorrelationColumns(const StudyDefinition& definition);

  /// Adds a complete trial; trial 0 has no parameters and is left out.
  void add(const Trial& trial);

  /// Of the trials so far. A parameter that exists only while a switch is on counts over the trials
  /// that have it. Nothing if there are too few trials or parameters.
  [[nodiscard]] std::optional<Correlations> correlations() const;

 private:
  using Column = std::vector<std::optional<double>>;

  std::vector<std::string> parameters_;
  std::vector<Score> scores_;
  std::vector<Column> values_;   // by parameter
  std::vector<Column> results_;  // by score
};

/// correlations of study-data.schema.json, with four decimals.
nlohmann::json correlations_json(const Correlations& correlations);

}  // namespace ocrtune
