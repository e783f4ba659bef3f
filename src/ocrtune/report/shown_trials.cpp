#include "ocrtune/report/shown_trials.h"

#include <algorithm>
#include <utility>

namespace ocrtune {
namespace {

constexpr std::size_t kBestShare = 4;
constexpr std::size_t kLastShare = 20;

}  // namespace

ShownTrials::ShownTrials(const StudyDefinition& definition, std::size_t count, std::size_t most)
    : objective_(definition.objective),
      count_(count),
      most_(most),
      best_count_(most / kBestShare),
      last_count_(most / kLastShare),
      even_count_(most - 2 * best_count_ - last_count_) {}

void ShownTrials::add(const Trial& trial) {
  const std::size_t index = added_++;
  const double value = to_minimize(objective_, trial.mean(objective_));
  const bool is_best = !best_so_far_ || value < *best_so_far_;
  if (is_best) best_so_far_ = value;
  const bool is_step = is_best && steps_++ < best_count_;
  // One of each stretch of count / even_count trials.
  const bool is_even = (index * even_count_) / count_ != ((index + 1) * even_count_) / count_;
  const bool is_last = index + last_count_ >= count_;
  if (count_ <= most_ || index == 0 || is_step || is_even || is_last) {
    sure_.push_back(trial);
    return;
  }
  if (value >= worst_kept_) return;
  best_.emplace_back(value, trial);
  // The even ones are shown in any case; a quarter more, so that it is rare to drop some.
  const std::size_t wanted = most_ - even_count_;
  if (best_.size() >= wanted + wanted / 4) drop_worst(wanted);
}

/// Leaves so many of the best; of equal ones, the first.
void ShownTrials::drop_worst(std::size_t left) {
  if (best_.size() <= left) return;
  const auto end = best_.begin() + static_cast<std::ptrdiff_t>(left);
  std::ranges::nth_element(best_, end, {}, [](const auto& entry) {
    return std::pair(entry.first, entry.second.number);
  });
  worst_kept_ = end->first;
  best_.erase(end, best_.end());
}

bool ShownTrials::has(std::size_t number) const {
  return std::ranges::binary_search(sure_, number, {}, &Trial::number);
}

void ShownTrials::require(const Trial& trial) {
  const auto place = std::ranges::lower_bound(sure_, trial.number, {}, &Trial::number);
  if (place == sure_.end() || place->number != trial.number) sure_.insert(place, trial);
}

std::vector<Trial> ShownTrials::chosen() && {
  drop_worst(most_ - std::min(most_, sure_.size()));
  std::vector<Trial> chosen = std::move(sure_);
  for (auto& [value, trial] : best_) chosen.push_back(std::move(trial));
  std::ranges::stable_sort(chosen, {}, &Trial::number);
  const auto same = [](const Trial& a, const Trial& b) { return a.number == b.number; };
  chosen.erase(std::unique(chosen.begin(), chosen.end(), same), chosen.end());
  return chosen;
}

}  // namespace ocrtune
