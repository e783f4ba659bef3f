#include "ocrtune/analysis/correlations.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/storage/study_tail.h"

namespace ocrtune {
namespace {

using nlohmann::json;

/// Each once, in this order.
std::vector<Score> correlated_scores(const StudyDefinition& definition) {
  std::vector<Score> wanted = objectives_of(definition);
  wanted.insert(wanted.end(), kFollowedScores.begin(), kFollowedScores.end());
  wanted.insert(wanted.end(), {Score::cer, Score::wer});
  std::vector<Score> scores;
  for (const Score score : wanted)
    if (std::ranges::find(scores, score) == scores.end()) scores.push_back(score);
  return scores;
}

Correlation correlation_of(const std::vector<std::optional<double>>& values,
                           const std::vector<std::optional<double>>& results) {
  std::vector<double> x;
  std::vector<double> y;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!values[i] || !results[i]) continue;
    x.push_back(*values[i]);
    y.push_back(*results[i]);
  }
  if (x.size() < kCorrelationTrials) return {};
  return {.pearson = pearson(x, y), .spearman = spearman(x, y)};
}

json rounded(std::optional<double> value) {
  constexpr double kDigits = 10'000;
  return value ? json(std::round(*value * kDigits) / kDigits) : json();
}

}  // namespace

CorrelationColumns::CorrelationColumns(const StudyDefinition& definition)
    : scores_(correlated_scores(definition)) {
  const Space space = space_of(definition);
  for (const Dimension& dimension : space.dimensions())
    if (dimension.type != ParameterType::category) parameters_.push_back(dimension.name);
  values_.resize(parameters_.size());
  results_.resize(scores_.size());
}

void CorrelationColumns::add(const Trial& trial) {
  if (trial.number == 0) return;
  for (std::size_t i = 0; i < parameters_.size(); ++i)
    values_[i].push_back(trial.point.find(parameters_[i]));
  for (std::size_t i = 0; i < scores_.size(); ++i)
    results_[i].push_back(mean_score(trial.pages, scores_[i]));
}

std::optional<Correlations> CorrelationColumns::correlations() const {
  if (parameters_.empty() || values_.front().size() < kCorrelationTrials) return std::nullopt;
  Correlations found{.trials = values_.front().size(), .parameters = parameters_};
  found.entries.resize(parameters_.size());
  for (std::size_t score = 0; score < scores_.size(); ++score) {
    const auto known = std::ranges::count_if(
        results_[score], [](const std::optional<double>& result) { return result.has_value(); });
    if (static_cast<std::size_t>(known) < kCorrelationTrials) continue;
    found.scores.push_back(scores_[score]);
    for (std::size_t i = 0; i < parameters_.size(); ++i)
      found.entries[i].push_back(correlation_of(values_[i], results_[score]));
  }
  if (found.scores.empty()) return std::nullopt;
  return found;
}

json correlations_json(const Correlations& correlations) {
  json scores = json::array();
  for (const Score score : correlations.scores) scores.push_back(score_name(score));
  json linear = json::array();
  json ranked = json::array();
  for (const std::vector<Correlation>& row : correlations.entries) {
    json& linear_row = linear.emplace_back(json::array());
    json& ranked_row = ranked.emplace_back(json::array());
    for (const Correlation& entry : row) {
      linear_row.push_back(rounded(entry.pearson));
      ranked_row.push_back(rounded(entry.spearman));
    }
  }
  return {{"trials", correlations.trials},
          {"parameters", correlations.parameters},
          {"scores", scores},
          {"pearson", linear},
          {"spearman", ranked}};
}

}  // namespace ocrtune
