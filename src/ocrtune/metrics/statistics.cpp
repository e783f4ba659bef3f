#include "ocrtune/metrics/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "ocrtune/base/random.h"

namespace ocrtune {

double mean_of(std::span<const double> numbers) {
  if (numbers.empty()) return 0;
  return std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
}

double quantile(std::span<const double> sorted, double share) {
  if (sorted.empty()) return 0;
  const double place = share * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return std::lerp(sorted[below], sorted[above], place - static_cast<double>(below));
}

Interval paired_bootstrap(std::span<const double> differences, std::uint64_t seed) {
  constexpr std::size_t kResamples = 10'000;
  Interval interval{.mean = mean_of(differences)};
  if (differences.empty()) return interval;
  Random random(seed);
  const auto last = static_cast<int>(differences.size()) - 1;
  std::vector<double> means(kResamples);
  for (double& mean : means) {
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i) {
      sum += differences[static_cast<std::size_t>(random.integer(0, last))];
    }
    mean = sum / static_cast<double>(differences.size());
  }
  std::ranges::sort(means);
  interval.low = means[kResamples / 40];
  interval.high = means[kResamples - 1 - kResamples / 40];
  return interval;
}

}  // namespace ocrtune
