#include "ocrtune/search/samplers/output_transform.h"

#include <algorithm>
#include <cmath>

namespace ocrtune {
namespace {

// A power below 0 would make all bad values almost equal.
constexpr double kMinPower = 0;
constexpr double kMaxPower = 2;
constexpr int kPowers = 40;
// In interquartile ranges above the upper quartile.
constexpr double kFarRanges = 5;

/// Transforms to mean 0 and variance 1; returns the variance before.
double standardise(std::vector<double>& values) {
  // The sum and the squares of huge values overflow.
  double scale = 0;
  for (const double value : values) scale = std::max(scale, std::abs(value));
  if (scale == 0) return 0;
  double mean = 0;
  for (const double value : values) mean += value / scale / static_cast<double>(values.size());
  double variance = 0;
  for (double& value : values) {
    value = value / scale - mean;
    variance += value * value / static_cast<double>(values.size());
  }
  // Smaller variances are rounding errors.
  const double factor = variance > 1e-24 ? 1 / std::sqrt(variance) : 0;
  for (double& value : values) value *= factor;
  return variance * scale * scale;
}

/// The value with `share` of the sorted values below it.
double quantile(const std::vector<double>& sorted, double share) {
  return sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))];
}

/// Limits outliers among the bad values.
void cut_off(std::vector<double>& values) {
  std::vector<double> sorted = values;
  std::ranges::sort(sorted);
  const double upper = quantile(sorted, 0.75);
  const double range = upper - quantile(sorted, 0.25);
  if (range <= 0) return;
  for (double& value : values) value = std::min(value, upper + kFarRanges * range);
}

double powered(double value, double power) {
  if (value >= 0) return power == 0 ? std::log1p(value) : (std::pow(value + 1, power) - 1) / power;
  const double other = 2 - power;
  return other == 0 ? -std::log1p(-value) : -(std::pow(1 - value, other) - 1) / other;
}

}  // namespace

std::vector<double> normalised(std::vector<double> values) {
  if (values.empty()) return values;
  cut_off(values);
  (void)standardise(values);
  const auto count = static_cast<double>(values.size());
  double spread = 0;  // logarithm of the derivative, for a power 1 above 1
  for (const double value : values) spread += std::copysign(std::log1p(std::abs(value)), value);
  std::vector<double> best = values;
  double most = -HUGE_VAL;
  for (int i = 0; i <= kPowers; ++i) {
    const double power = kMinPower + (kMaxPower - kMinPower) * i / kPowers;
    std::vector<double> moved = values;
    for (double& value : moved) value = powered(value, power);
    const double variance = standardise(moved);
    if (variance <= 0) continue;
    const double likelihood = (power - 1) * spread - count / 2 * std::log(variance);
    if (likelihood <= most) continue;
    most = likelihood;
    best = std::move(moved);
  }
  return best;
}

}  // namespace ocrtune
