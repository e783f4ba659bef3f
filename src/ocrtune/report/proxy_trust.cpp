#include "ocrtune/report/proxy_trust.h"

#include "ocrtune/metrics/statistics.h"

namespace ocrtune {
namespace {

constexpr std::size_t kLeastTrials = 5;

std::optional<double> correlation_on(std::size_t page, Score objective, Score other,
                                     const std::vector<Trial>& trials) {
  std::vector<double> values;
  std::vector<double> others;
  for (const Trial& trial : trials) {
    const std::optional<double> value = page_value(trial.pages[page], objective);
    const std::optional<double> compared = page_value(trial.pages[page], other);
    if (!value || !compared) continue;
    values.push_back(to_minimize(objective, *value));
    others.push_back(to_minimize(other, *compared));
  }
  return values.size() < kLeastTrials ? std::nullopt : spearman(values, others);
}

}  // namespace

OrderAlike order_alike(Score objective, Score other, const std::vector<Trial>& trials) {
  OrderAlike result;
  const std::size_t pages = trials.empty() ? 0 : trials.front().pages.size();
  for (std::size_t page = 0; page < pages; ++page) {
    const auto correlation = correlation_on(page, objective, other, trials);
    if (!correlation) continue;
    ++result.pages;
    result.spearman += *correlation;
  }
  if (result.pages > 0) result.spearman /= static_cast<double>(result.pages);
  return result;
}

std::optional<ProxyTrust> proxy_trust(const StudyDefinition& definition,
                                      const std::vector<Trial>& trials) {
  if (uses_truth(definition.objective) || trials.size() < kLeastTrials) return std::nullopt;
  const OrderAlike order = order_alike(definition.objective, Score::cer, trials);
  if (order.pages == 0) return std::nullopt;
  const Trial& fewest = *best_first(trials, Score::cer).front();
  return ProxyTrust{.pages = order.pages,
                    .spearman = order.spearman,
                    .fewest = fewest.number,
                    .fewest_errors = fewest.mean(Score::cer)};
}

}  // namespace ocrtune
