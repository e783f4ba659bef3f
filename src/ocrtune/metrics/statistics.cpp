#include "ocrtune/metrics/statistics.h"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

#include "ocrtune/base/random.h"

namespace ocrtune {
namespace {

/// Ranks from 1 on.
std::vector<double> ranks_of(std::span<const double> numbers) {
  std::vector<std::size_t> order(numbers.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, {}, [&](std::size_t i) { return numbers[i]; });
  std::vector<double> ranks(numbers.size());
  for (std::size_t first = 0; first < order.size();) {
    std::size_t end = first;
    while (end < order.size() && numbers[order[end]] == numbers[order[first]]) ++end;
    for (std::size_t i = first; i < end; ++i)
      ranks[order[i]] = static_cast<double>(first + 1 + end) / 2;
    first = end;
  }
  return ranks;
}

/// The deviations of the numbers from the mean of their group.
std::vector<double> residuals_of(std::span<const double> differences,
                                 std::span<const double> others) {
  std::vector<double> residuals;
  residuals.reserve(differences.size() + others.size());
  for (const std::span<const double> group : {differences, others}) {
    const double mean = mean_of(group);
    for (const double number : group) residuals.push_back(number - mean);
  }
  return residuals;
}

/// The 97.5 % quantile of Student's distribution divided by that of the normal one.
double student_over_normal(double freedom) {
  constexpr double kShare = 0.975;
  return boost::math::quantile(boost::math::students_t(freedom), kShare) /
         boost::math::quantile(boost::math::normal(), kShare);
}

}  // namespace

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

std::optional<double> pearson(std::span<const double> a, std::span<const double> b) {
  // The mean of equal numbers, computed, may be another number.
  const auto is_constant = [](std::span<const double> list) {
    return std::ranges::adjacent_find(list, std::ranges::not_equal_to()) == list.end();
  };
  if (is_constant(a) || is_constant(b)) return std::nullopt;
  const double mean_a = mean_of(a);
  const double mean_b = mean_of(b);
  double both = 0;
  double square_a = 0;
  double square_b = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    both += (a[i] - mean_a) * (b[i] - mean_b);
    square_a += (a[i] - mean_a) * (a[i] - mean_a);
    square_b += (b[i] - mean_b) * (b[i] - mean_b);
  }
  if (square_a == 0 || square_b == 0) return std::nullopt;
  return both / std::sqrt(square_a * square_b);
}

std::optional<double> spearman(std::span<const double> a, std::span<const double> b) {
  return pearson(ranks_of(a), ranks_of(b));
}

Interval paired_bootstrap(std::span<const double> differences, std::span<const double> others,
                          std::uint64_t seed) {
  constexpr std::size_t kResamples = 10'000;
  const double mean = mean_of(differences);
  Interval interval{.mean = mean, .low = mean, .high = mean};
  const std::vector<double> residuals = residuals_of(differences, others);
  const std::size_t groups = others.empty() ? 1 : 2;
  if (differences.empty() || residuals.size() <= groups) return interval;
  const auto freedom = static_cast<double>(residuals.size() - groups);
  Random random(seed);
  const auto last = static_cast<int>(residuals.size()) - 1;
  std::vector<double> means(kResamples);
  for (double& resampled : means) {
    double sum = 0;
    for (std::size_t i = 0; i < differences.size(); ++i)
      sum += residuals[static_cast<std::size_t>(random.integer(0, last))];
    resampled = sum / static_cast<double>(differences.size());
  }
  std::ranges::sort(means);
  const double farther = std::max(-means[kResamples / 40], means[kResamples - 1 - kResamples / 40]);
  const double reach = farther * std::sqrt(static_cast<double>(residuals.size()) / freedom) *
                       student_over_normal(freedom);
  interval.low -= reach;
  interval.high += reach;
  return interval;
}

Interval clipped(const Interval& interval, double low, double high) {
  return {.mean = interval.mean,
          .low = std::max(interval.low, low),
          .high = std::min(interval.high, high)};
}

bool is_above_zero(const Interval& interval) {
  constexpr double kRounding = 1e-9;
  return interval.low > 0 && interval.high - interval.low > kRounding * interval.high;
}

std::size_t sample_size(const Interval& interval, std::size_t count, double half_width) {
  const double ratio = (interval.high - interval.low) / (2 * half_width);
  const double needed = std::ceil(static_cast<double>(count) * ratio * ratio);
  return static_cast<std::size_t>(std::clamp(needed, 2.0, 1e15));
}

}  // namespace ocrtune
