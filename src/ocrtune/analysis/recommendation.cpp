#include "ocrtune/analysis/recommendation.h"

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

/// `tuned`: the gains on the pages on which the trial was chosen.
Validation compare(const StudyDefinition& definition, std::size_t number,
                   const std::vector<double>& tuned, const std::vector<PageScores>& before,
                   const std::vector<PageScores>& after) {
  const std::vector<PageResult> baseline = results_of(before);
  const std::vector<PageResult> results = results_of(after);
  const std::vector<double> gains = gains_by_page(definition, baseline, results);
  return {.number = number,
          .pages = gains.size(),
          .baseline = mean_scores(baseline),
          .scores = mean_scores(results),
          .gain = paired_bootstrap(gains, tuned, definition.seed),
          .constraints = constraint_reports(definition, definition.held_out, results, baseline)};
}

/// True if it gains on the validation pages and breaks no constraint.
bool holds(const Validation& validation) {
  return validation.gain.mean > 0 &&
         std::ranges::all_of(validation.constraints,
                             [](const ConstraintReport& report) { return report.violation == 0; });
}

bool are_steady(std::vector<double> gains) {
  constexpr std::size_t kMinLeftOut = 2;
  constexpr std::size_t kShareLeftOut = 20;
  if (gains.empty()) return false;
  std::ranges::sort(gains);
  const std::size_t left_out = std::max(kMinLeftOut, gains.size() / kShareLeftOut);
  if (gains.size() <= left_out) return gains.front() > 0;
  return std::accumulate(gains.begin(), gains.end() - static_cast<std::ptrdiff_t>(left_out), 0.0) >
         0;
}

/// Gains over the baseline on the tuning pages.
std::vector<double> gains_of_trial(const StudyDefinition& definition, const TrialScores& trials,
                                   std::size_t index) {
  return gains_by_page(definition, trials.results(0), trials.results(index));
}

/// The first candidate, or the first with a steady gain if the study requires it.
std::optional<std::size_t> first_steady(const StudyDefinition& definition,
                                        const TrialScores& trials,
                                        const std::vector<std::size_t>& best_first) {
  const auto found = std::ranges::find_if(best_first, [&](std::size_t index) {
    return !definition.search.steady || are_steady(gains_of_trial(definition, trials, index));
  });
  return found == best_first.end() ? std::nullopt : std::optional(*found);
}

}  // namespace

const Trial* chosen_candidate(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  const TrialScores scores = scores_of(definition, trials);
  const auto chosen = first_steady(definition, scores, candidates(definition, scores));
  return chosen ? &trials[*chosen] : nullptr;
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

double violation_of(const StudyDefinition& definition, const TrialScores& trials,
                    std::size_t index) {
  const std::vector<Constraint>& constraints = definition.search.constraints;
  return constraints.empty() ? 0 : violation(constraints, trials.results(index), trials.results(0));
}

std::vector<std::size_t> candidates(const StudyDefinition& definition, const TrialScores& trials) {
  if (!trials.has_baseline()) return {};
  const double to_beat = trials.mean(0, definition.objective);
  std::vector<std::size_t> better;
  for (const std::size_t index : best_first(trials, definition.objective)) {
    if (!is_better(definition.objective, trials.mean(index, definition.objective), to_beat)) break;
    if (violation_of(definition, trials, index) == 0) better.push_back(index);
  }
  return better;
}

Recommendation recommend(const StudyDefinition& definition, const TrialScores& trials,
                         const Confirmations& validations) {
  Recommendation result;
  const std::vector<std::size_t> better = candidates(definition, trials);
  if (better.empty()) return result;
  const std::optional<std::size_t> chosen = first_steady(definition, trials, better);
  if (chosen != better.front()) result.unsteady = trials.numbers()[better.front()];
  if (!chosen) return result;
  const std::size_t number = trials.numbers()[*chosen];
  const auto before = validations.find(0);
  const auto after = validations.find(number);
  if (before != validations.end() && after != validations.end())
    result.validation = compare(definition, number, gains_of_trial(definition, trials, *chosen),
                                before->second, after->second);
  if (!result.validation || holds(*result.validation)) result.number = number;
  return result;
}

}  // namespace ocrtune
