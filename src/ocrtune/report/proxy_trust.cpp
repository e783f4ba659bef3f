#include "ocrtune/report/proxy_trust.h"

#include "ocrtune/metrics/statistics.h"

namespace ocrtune {
namespace {

constexpr std::size_t kLeastTrials = 5;

/// Spearman's correlation of the objective with the errors not made on a page.
std::optional<double> correlation_on(std::size_t page, Objective objective,
                                     const std::vector<Trial>& trials) {
  std::vector<double> values;
  std::vector<double> errors;
  for (const Trial& trial : trials) {
    const std::optional<double> value = page_value(trial.pages[page], objective);
    const std::optional<double>& cer = trial.pages[page].scores.cer;
    if (!value || !cer) continue;
    values.push_back(to_minimize(objective, *value));
    errors.push_back(*cer);
  }
  return values.size() < kLeastTrials ? std::nullopt : spearman(values, errors);
}

}  // namespace

std::optional<ProxyTrust> proxy_trust(const StudyDefinition& definition,
                                      const std::vector<Trial>& trials) {
  if (uses_truth(definition.objective) || trials.size() < kLeastTrials) return std::nullopt;
  ProxyTrust trust;
  for (std::size_t page = 0; page < definition.pages.size(); ++page) {
    const auto correlation = correlation_on(page, definition.objective, trials);
    if (!correlation) continue;
    ++trust.pages;
    trust.spearman += *correlation;
  }
  if (trust.pages == 0) return std::nullopt;
  trust.spearman /= static_cast<double>(trust.pages);
  const Trial& fewest = *best_first(trials, Objective::cer).front();
  trust.fewest = fewest.number;
  trust.fewest_errors = fewest.means().value(Objective::cer);
  return trust;
}

}  // namespace ocrtune
