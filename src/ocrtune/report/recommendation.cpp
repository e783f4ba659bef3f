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

/// The first candidate, or the first with a steady gain if the study requires it.
const Trial* first_steady(const StudyDefinition& definition, const Trial& baseline,
                          const std::vector<const Trial*>& best_first) {
  const auto found = std::ranges::find_if(best_first, [&](const Trial* trial) {
    return !definition.search.steady || gains_steadily(definition, baseline, *trial);
  });
  return found == best_first.end() ? nullptr : *found;
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

const Trial* chosen_candidate(const StudyDefinition& definition, const std::vector<Trial>& trials) {
  const std::vector<const Trial*> better = candidates(definition, trials);
  return better.empty() ? nullptr : first_steady(definition, trials.front(), better);
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
  const double to_beat = trials.front().mean(definition.objective);
  std::vector<const Trial*> better;
  for (const Trial* trial : best_first(trials, definition.objective)) {
    if (!is_better(definition.objective, trial->mean(definition.objective), to_beat)) break;
    if (violation(definition.search.constraints, trial->pages, trials.front().pages) == 0)
      better.push_back(trial);
  }
  return better;
}

Recommendation recommend(const StudyDefinition& definition, const std::vector<Trial>& trials,
                         const Confirmations& validations) {
  Recommendation result;
  const std::vector<const Trial*> better = candidates(definition, trials);
  if (better.empty()) return result;
  const Trial* chosen = first_steady(definition, trials.front(), better);
  if (chosen != better.front()) result.unsteady = better.front()->number;
  if (chosen == nullptr) return result;
  const auto before = validations.find(0);
  const auto after = validations.find(chosen->number);
  if (before != validations.end() && after != validations.end())
    result.validation = compare(definition, chosen->number,
                                gains_by_page(definition, trials.front().pages, chosen->pages),
                                before->second, after->second);
  if (!result.validation || holds(*result.validation)) result.number = chosen->number;
  return result;
}

}  // namespace ocrtune
