#include "ocrtune/metrics/page_result.h"

#include <algorithm>

namespace ocrtune {

double step_ms(const std::vector<StepTiming>& steps, std::string_view name) {
  const auto found = std::ranges::find(steps, name, &StepTiming::name);
  return found == steps.end() ? 0 : found->ms;
}

MeanScores mean_scores(const std::vector<PageResult>& pages) {
  MeanScores means;
  for (const Score score : all_scores()) means.set(score, mean_score(pages, score));
  return means;
}

std::optional<double> mean_score(const std::vector<PageResult>& pages, Score score) {
  return mean_over(pages.size(), [&](std::size_t page) { return page_value(pages[page], score); });
}

std::optional<double> page_value(const PageResult& page, Score score) {
  return counted_value(page.scores.find(score), score);
}

std::optional<double> counted_value(std::optional<double> value, Score score) {
  const std::optional<double> most = declaration_of(score).most;
  return value && most ? std::min(*value, *most) : value;
}

std::optional<double> page_gain(const PageResult& before, const PageResult& after,
                                Score objective) {
  const std::optional<double> from = page_value(before, objective);
  const std::optional<double> to = page_value(after, objective);
  if (!from || !to) return std::nullopt;
  return to_minimize(objective, *from) - to_minimize(objective, *to);
}

}  // namespace ocrtune
