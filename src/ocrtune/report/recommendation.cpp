#include "ocrtune/report/recommendation.h"

#include <algorithm>

#include "ocrtune/base/error.h"

namespace ocrtune {
namespace {

std::vector<PageResult> results_of(const std::vector<PageScores>& scores) {
  std::vector<PageResult> results;
  results.reserve(scores.size());
  for (const PageScores& page : scores)
    results.push_back({.scores = page, .timings = {}, .failure = {}});
  return results;
}

Validation compare(const StudyDefinition& definition, std::size_t number,
                   const std::vector<PageScores>& before, const std::vector<PageScores>& after) {
  const std::vector<PageResult> baseline = results_of(before);
  const std::vector<PageResult> results = results_of(after);
  std::vector<double> gains;
  for (std::size_t page = 0; page < baseline.size(); ++page) {
    const auto from = page_value(baseline[page], definition.objective);
    const auto to = page_value(results[page], definition.objective);
    if (!from || !to) continue;
    gains.push_back(to_minimize(definition.objective, *from) -
                    to_minimize(definition.objective, *to));
  }
  return {.number = number,
          .pages = gains.size(),
          .baseline = mean_scores(baseline),
          .scores = mean_scores(results),
          .gain = paired_bootstrap(gains, definition.seed)};
}

bool breaks_a_constraint(const StudyDefinition& definition, const MeanScores& means,
                         const MeanScores& baseline) {
  return std::ranges::any_of(definition.search.constraints, [&](const Constraint& constraint) {
    return violation(constraint, means, baseline) > 0;
  });
}

}  // namespace

std::vector<Trial> candidates(const StudyDefinition& definition, const std::vector<Trial>& trials,
                              std::size_t count) {
  if (trials.empty() || trials.front().number != 0) return {};
  const MeanScores baseline = trials.front().means();
  const auto value = [&](const Trial& trial) { return trial.means().value(definition.objective); };
  std::vector<Trial> better;
  for (const Trial& trial : trials) {
    const MeanScores means = trial.means();
    const bool gains = is_better(definition.objective, means.value(definition.objective),
                                 baseline.value(definition.objective));
    if (gains && !breaks_a_constraint(definition, means, baseline)) better.push_back(trial);
  }
  std::ranges::stable_sort(better, [&](const Trial& a, const Trial& b) {
    return is_better(definition.objective, value(a), value(b));
  });
  if (better.size() > count) better.resize(count);
  return better;
}

Recommendation recommend(const StudyDefinition& definition, const std::vector<Trial>& trials,
                         const Confirmations& validations) {
  const std::vector<Trial> better = candidates(definition, trials, trials.size());
  Recommendation result;
  const auto baseline = validations.find(0);
  bool found = false;
  for (const Trial& trial : better) {
    const auto validated = validations.find(trial.number);
    if (baseline == validations.end() || validated == validations.end()) continue;
    result.validations.push_back(
        compare(definition, trial.number, baseline->second, validated->second));
    if (found || result.validations.back().gain.mean <= 0) continue;
    result.number = trial.number;
    found = true;
  }
  if (result.validations.empty() && !better.empty()) result.number = better.front().number;
  return result;
}

}  // namespace ocrtune
