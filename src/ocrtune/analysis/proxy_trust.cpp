#include "ocrtune/analysis/proxy_trust.h"

#include "ocrtune/metrics/statistics.h"

namespace ocrtune {
namespace {

constexpr std::size_t kMinTrials = 5;

std::optional<double> correlation_on(std::size_t page, Score objective, Score other,
                                     const TrialScores& trials) {
  std::vector<double> values;
  std::vector<double> others;
  for (std::size_t index = 0; index < trials.size(); ++index) {
    const std::optional<double> value = trials.value(index, page, objective);
    const std::optional<double> compared = trials.value(index, page, other);
    if (!value || !compared) continue;
    values.push_back(to_minimize(objective, *value));
    others.push_back(to_minimize(other, *compared));
  }
  return values.size() < kMinTrials ? std::nullopt : spearman(values, others);
}

}  // namespace

OrderAlike order_alike(Score objective, Score other, const TrialScores& trials) {
  OrderAlike result;
  for (std::size_t page = 0; page < trials.pages(); ++page) {
    const auto correlation = correlation_on(page, objective, other, trials);
    if (!correlation) continue;
    ++result.pages;
    result.spearman += *correlation;
  }
  if (result.pages > 0) result.spearman /= static_cast<double>(result.pages);
  return result;
}

std::optional<ProxyTrust> proxy_trust(const StudyDefinition& definition,
                                      const TrialScores& trials) {
  if (uses_truth(definition.objective) || trials.size() < kMinTrials) return std::nullopt;
  const OrderAlike order = order_alike(definition.objective, Score::cer, trials);
  if (order.pages == 0) return std::nullopt;
  const std::size_t fewest = best_first(trials, Score::cer).front();
  return ProxyTrust{.pages = order.pages,
                    .spearman = order.spearman,
                    .fewest = trials.numbers()[fewest],
                    .fewest_errors = trials.mean(fewest, Score::cer)};
}

}  // namespace ocrtune
