#include "ocrtune/study/trial.h"

#include <algorithm>
#include <utility>

namespace ocrtune {

std::vector<PageScores> scores_of(const Trial& trial) {
  std::vector<PageScores> scores;
  scores.reserve(trial.pages.size());
  for (const PageResult& page : trial.pages) scores.push_back(page.scores);
  return scores;
}

std::vector<const Trial*> best_first(const std::vector<Trial>& trials, Score objective) {
  std::vector<std::pair<double, const Trial*>> valued;
  valued.reserve(trials.size());
  for (const Trial& trial : trials)
    valued.emplace_back(to_minimize(objective, trial.mean(objective)), &trial);
  std::ranges::sort(valued, std::ranges::less(),
                    [](const auto& entry) { return std::pair(entry.first, entry.second->number); });
  std::vector<const Trial*> sorted;
  sorted.reserve(valued.size());
  for (const auto& [value, trial] : valued) sorted.push_back(trial);
  return sorted;
}

}  // namespace ocrtune
