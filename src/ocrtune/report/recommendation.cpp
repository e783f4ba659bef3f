#include "ocrtune/report/recommendation.h"

#include <algorithm>
#include <numeric>

namespace ocrtune {
namespace {

std::vector<PageResult> results_of(const std::vector<PageScores>& scores) {
  std::vector<PageResult> results;
  results.reserve(scores.size());
  for (const PageScores& page : scores)
    results.push_back({.scores = page, .timings = {}, .failure = {}});
  return results;
}

std::vector<double> gains_by_page(const StudyDefinition& definition,
                                  const std::vector<PageResult>& before,
                                  const std::vector<PageResult>& after) {
  std::vector<double> gains;
  for (std::size_t page = 0; page < before.size(); ++page) {
    const auto gain = page_gain(before[page], after[page], definition.objective);
    if (gain) gains.push_back(*gain);
  }
  return gains;
}

Validation compare(const StudyDefinition& definition, std::size_t number,
                   const std::vector<PageScores>& before, const std::vector<PageScores>& after) {
  const std::vector<PageResult> baseline = results_of(before);
  const std::vector<PageResult> results = results_of(after);
  const std::vector<double> gains = gains_by_page(definition, baseline, results);
  return {.number = number,
          .pages = gains.size(),
          .baseline = mean_scores(baseline),
          .scores = mean_scores(results),
          .gain = paired_bootstrap(gains, definition.seed),
          .constraints = constraint_reports(definition, definition.held_out, results, baseline)};
}

/// On pages that it wasn't chosen on it gains and breaks no constraint.
bool holds(const Validation& validation) {
  return validation.gain.mean > 0 &&
         std::ranges::all_of(validation.constraints,
                             [](const ConstraintReport& report) { return report.violation == 0; });
}

/// Those of the candidates that may be recommended.
std::vector<const Trial*> eligible(const StudyDefinition& definition, const Trial& baseline,
                                   std::vector<const Trial*> candidates) {
  if (!definition.search.steady) return candidates;
  std::erase_if(candidates,
                [&](const Trial* trial) { return !gains_steadily(definition, baseline, *trial); });
  return candidates;
}

}  // namespace

bool gains_steadily(const StudyDefinition& definition, const Trial& baseline, const Trial& trial) {
  constexpr std::size_t kLeastLeftOut = 2;
  constexpr std::size_t kShareLeftOut = 20;
  std::vector<double> gains = gains_by_page(definition, baseline.pages, trial.pages);
  if (gains.empty()) return false;
  std::ranges::sort(gains);
  const std::size_t left_out = std::max(kLeastLeftOut, gains.size() / kShareLeftOut);
  if (gains.size() <= left_out) return gains.front() > 0;
  return std::accumulate(gains.begin(), gains.end() - static_cast<std::ptrdiff_t>(left_out), 0.0) >
         0;
}

std::vector<const Trial*> best_candidates(const StudyDefinition& definition,
                                          const std::vector<Trial>& trials) {
  constexpr std::size_t kCandidates = 3;
  if (trials.empty()) return {};
  std::vector<const Trial*> chosen =
      eligible(definition, trials.front(), candidates(definition, trials));
  chosen.resize(std::min(chosen.size(), kCandidates));
  if (!chosen.empty()) chosen.insert(chosen.begin(), &trials.front());
  return chosen;
}

std::vector<ConstraintReport> constraint_reports(const StudyDefinition& definition,
                                                 const std::vector<PageRecord>& records,
                                                 const std::vector<PageResult>& pages,
                                                 const std::vector<PageResult>& baseline) {
  std::vector<ConstraintReport> reports;
  for (const Constraint& constraint : definition.search.constraints) {
    const Standing found = standing(constraint, pages, baseline);
    reports.push_back({.constraint = constraint,
                       .value = found.value,
                       .page = found.page ? records.at(*found.page).name : "",
                       .violation = found.violation});
  }
  return reports;
}

std::vector<const Trial*> candidates(const StudyDefinition& definition,
                                     const std::vector<Trial>& trials) {
  if (trials.empty() || trials.front().number != 0) return {};
  const double to_beat = trials.front().means().value(definition.objective);
  std::vector<const Trial*> better;
  for (const Trial* trial : best_first(trials, definition.objective)) {
    const MeanScores means = trial->means();
    if (!is_better(definition.objective, means.value(definition.objective), to_beat)) break;
    if (violation(definition.search.constraints, trial->pages, trials.front().pages) == 0)
      better.push_back(trial);
  }
  return better;
}

Recommendation recommend(const StudyDefinition& definition, const std::vector<Trial>& trials,
                         const Confirmations& validations) {
  Recommendation result;
  const std::vector<const Trial*> all = candidates(definition, trials);
  if (all.empty()) return result;
  const std::vector<const Trial*> better = eligible(definition, trials.front(), all);
  if (better.empty() || better.front() != all.front()) result.unsteady = all.front()->number;
  const auto baseline = validations.find(0);
  bool found = false;
  for (const Trial* trial : better) {
    const auto validated = validations.find(trial->number);
    if (baseline == validations.end() || validated == validations.end()) continue;
    result.validations.push_back(
        compare(definition, trial->number, baseline->second, validated->second));
    if (found || !holds(result.validations.back())) continue;
    result.number = trial->number;
    found = true;
  }
  if (result.validations.empty() && !better.empty()) result.number = better.front()->number;
  return result;
}

}  // namespace ocrtune
