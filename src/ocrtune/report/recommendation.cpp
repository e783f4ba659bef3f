#include "ocrtune/report/recommendation.h"

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
    const auto gain = page_gain(baseline[page], results[page], definition.objective);
    if (gain) gains.push_back(*gain);
  }
  return {.number = number,
          .pages = gains.size(),
          .baseline = mean_scores(baseline),
          .scores = mean_scores(results),
          .gain = paired_bootstrap(gains, definition.seed)};
}

}  // namespace

std::vector<const Trial*> candidates(const StudyDefinition& definition,
                                     const std::vector<Trial>& trials) {
  if (trials.empty() || trials.front().number != 0) return {};
  const MeanScores baseline = trials.front().means();
  const double to_beat = baseline.value(definition.objective);
  std::vector<const Trial*> better;
  for (const Trial* trial : best_first(trials, definition.objective)) {
    const MeanScores means = trial->means();
    if (!is_better(definition.objective, means.value(definition.objective), to_beat)) break;
    if (violation(definition.search.constraints, means, baseline) == 0) better.push_back(trial);
  }
  return better;
}

Recommendation recommend(const StudyDefinition& definition, const std::vector<Trial>& trials,
                         const Confirmations& validations) {
  const std::vector<const Trial*> better = candidates(definition, trials);
  Recommendation result;
  const auto baseline = validations.find(0);
  bool found = false;
  for (const Trial* trial : better) {
    const auto validated = validations.find(trial->number);
    if (baseline == validations.end() || validated == validations.end()) continue;
    result.validations.push_back(
        compare(definition, trial->number, baseline->second, validated->second));
    if (found || result.validations.back().gain.mean <= 0) continue;
    result.number = trial->number;
    found = true;
  }
  if (result.validations.empty() && !better.empty()) result.number = better.front()->number;
  return result;
}

}  // namespace ocrtune
