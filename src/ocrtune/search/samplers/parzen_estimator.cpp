#include "ocrtune/search/samplers/parzen_estimator.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

namespace ocrtune {
namespace {

// A narrower kernel proposes only its own row again.
constexpr double kMinBandwidth = 1e-4;
// In widths of a step: neighbours must be possible.
constexpr double kMinOfStep = 0.3;

/// Integral of the standard normal density.
double normal_share(double low, double high) {
  // Mirroring avoids cancellation if both ends are far out.
  const bool mirrored = low > 0;
  const double inner = (mirrored ? low : -high) / std::numbers::sqrt2;
  const double outer = (mirrored ? high : -low) / std::numbers::sqrt2;
  return 0.5 * (std::erfc(inner) - std::erfc(outer));
}

double log_of(double share) { return std::log(std::max(share, 1e-300)); }

/// Aitchison & Aitken's kernels, as a mixture of the category and of all categories.
std::vector<double> choice_table(std::size_t count, double spread_share) {
  const double other = spread_share / static_cast<double>(count);
  std::vector<double> table(count * count, log_of(other));
  for (std::size_t i = 0; i < count; ++i) table[i * count + i] = log_of(1 - spread_share + other);
  return table;
}

std::vector<double> step_table(const std::vector<double>& edges, double bandwidth) {
  const std::size_t count = edges.size() - 1;
  std::vector<double> table(count * count);
  std::vector<double> shares(count);
  for (std::size_t i = 0; i < count; ++i) {
    const double centre = (edges[i] + edges[i + 1]) / 2;
    for (std::size_t j = 0; j < count; ++j)
      shares[j] =
          normal_share((edges[j] - centre) / bandwidth, (edges[j + 1] - centre) / bandwidth);
    const double all = std::accumulate(shares.begin(), shares.end(), 0.0);
    for (std::size_t j = 0; j < count; ++j) table[i * count + j] = log_of(shares[j] / all);
  }
  return table;
}

double middle_of(const SearchAxis& axis, double coordinate) {
  if (axis.kind == AxisKind::interval) return coordinate;
  const auto place = static_cast<std::size_t>(coordinate);
  return (axis.edges[place] + axis.edges[place + 1]) / 2;
}

double any_of(std::size_t count, Random& random) {
  return std::min(std::floor(random.uniform() * static_cast<double>(count)),
                  static_cast<double>(count - 1));
}

}  // namespace

ParzenEstimator::ParzenEstimator(const SearchAxes& axes, std::span<const AxisRow* const> rows,
                                 std::span<const double> weights, const ParzenSettings& settings)
    : axes_(axes), weights_(weights.begin(), weights.end()), factors_(axes.size()) {
  weights_.push_back(settings.prior_weight);
  const double sum = std::accumulate(weights_.begin(), weights_.end(), 0.0);
  for (double& weight : weights_) weight /= sum;
  for (std::size_t d = 0; d < axes.size(); ++d) {
    Factor& factor = factors_[d];
    factor.kind = axes[d].kind;
    factor.count = axes[d].count;
    for (const AxisRow* row : rows) factor.centres.push_back((*row)[d]);
    factor.everywhere =
        std::ranges::none_of(factor.centres, [](double c) { return std::isnan(c); });
  }
  for (std::size_t d = 0; d < axes.size(); ++d) widen(axes[d], shrinkage(d), settings, factors_[d]);
}

/// Scott's rule, with the average number of dimensions of the kernels that have this dimension.
double ParzenEstimator::shrinkage(std::size_t dimension) const {
  double kernels = 0;
  double cells = 0;
  for (std::size_t k = 0; k + 1 < weights_.size(); ++k) {
    if (!has(factors_[dimension], k)) continue;
    kernels += 1;
    for (const Factor& factor : factors_) cells += has(factor, k) ? 1 : 0;
  }
  const double dimensions = kernels > 0 ? cells / kernels : 1;
  return std::pow(kernels + 1, -1 / (dimensions + 4));
}

/// Standard deviation of the rows and the uniform density in an ordered dimension.
double ParzenEstimator::spread(const SearchAxis& axis, const Factor& factor) const {
  double weight = weights_.back();
  double sum = weight / 2;
  double squares = weight / 3;
  for (std::size_t k = 0; k + 1 < weights_.size(); ++k) {
    if (!has(factor, k)) continue;
    const double at = middle_of(axis, factor.centres[k]);
    weight += weights_[k];
    sum += weights_[k] * at;
    squares += weights_[k] * at * at;
  }
  const double mean = sum / weight;
  return std::sqrt(std::max(0.0, squares / weight - mean * mean));
}

void ParzenEstimator::widen(const SearchAxis& axis, double shrinkage,
                            const ParzenSettings& settings, Factor& factor) const {
  if (factor.kind != AxisKind::interval)
    factor.uniform = -std::log(static_cast<double>(factor.count));
  if (factor.kind == AxisKind::nominal) {
    factor.bandwidth = std::min(1.0, settings.nominal_bandwidth * shrinkage);
    factor.table = choice_table(factor.count, factor.bandwidth);
    return;
  }
  factor.bandwidth = std::max(kMinBandwidth, settings.bandwidth * spread(axis, factor) * shrinkage);
  if (factor.kind == AxisKind::steps) {
    factor.bandwidth = std::max(factor.bandwidth, kMinOfStep / static_cast<double>(factor.count));
    factor.table = step_table(axis.edges, factor.bandwidth);
    return;
  }
  const double scale = factor.bandwidth * std::sqrt(2 * std::numbers::pi);
  for (const double centre : factor.centres) {
    const double inside = normal_share(-centre / factor.bandwidth, (1 - centre) / factor.bandwidth);
    factor.norms.push_back(-std::log(scale * inside));
  }
}

bool ParzenEstimator::has(const Factor& factor, std::size_t kernel) const {
  return kernel == factor.centres.size() || !std::isnan(factor.centres[kernel]);
}

double ParzenEstimator::log_kernel(const Factor& factor, std::size_t kernel, double at) const {
  if (kernel == factor.centres.size()) return factor.uniform;
  const double centre = factor.centres[kernel];
  if (factor.kind == AxisKind::interval) {
    const double z = (at - centre) / factor.bandwidth;
    return factor.norms[kernel] - 0.5 * z * z;
  }
  return factor
      .table[static_cast<std::size_t>(centre) * factor.count + static_cast<std::size_t>(at)];
}

/// The density of the kernels that have the dimension.
double ParzenEstimator::log_marginal(const Factor& factor, double at) const {
  double sum = 0;
  double weight = 0;
  for (std::size_t k = 0; k < weights_.size(); ++k) {
    if (!has(factor, k)) continue;
    sum += weights_[k] * std::exp(log_kernel(factor, k, at));
    weight += weights_[k];
  }
  return log_of(sum / weight);
}

void ParzenEstimator::add_factor(const Factor& factor, double at, std::span<double> sums) const {
  if (!factor.everywhere) {
    const double marginal = log_marginal(factor, at);
    for (std::size_t k = 0; k < sums.size(); ++k)
      sums[k] += has(factor, k) ? log_kernel(factor, k, at) : marginal;
    return;
  }
  if (factor.kind == AxisKind::interval) {
    const double scale = 1 / factor.bandwidth;
    for (std::size_t k = 0; k + 1 < sums.size(); ++k) {
      const double z = (at - factor.centres[k]) * scale;
      sums[k] += factor.norms[k] - 0.5 * z * z;
    }
    sums.back() += factor.uniform;
    return;
  }
  for (std::size_t k = 0; k < sums.size(); ++k) sums[k] += log_kernel(factor, k, at);
}

double ParzenEstimator::log_density(const AxisRow& row) const {
  std::vector<double> sums(weights_.size(), 0);
  for (std::size_t d = 0; d < factors_.size(); ++d) {
    if (!std::isnan(row[d])) add_factor(factors_[d], row[d], sums);
  }
  const double most = *std::ranges::max_element(sums);
  double sum = 0;
  for (std::size_t k = 0; k < sums.size(); ++k) sum += weights_[k] * std::exp(sums[k] - most);
  return most + log_of(sum);
}

/// A kernel drawn by weight, from all or from those that have a dimension.
std::size_t ParzenEstimator::any_kernel(const Factor* having, Random& random) const {
  const auto weight = [&](std::size_t k) { return !having || has(*having, k) ? weights_[k] : 0; };
  double all = 0;
  for (std::size_t k = 0; k < weights_.size(); ++k) all += weight(k);
  double left = random.uniform() * all;
  for (std::size_t k = 0; k + 1 < weights_.size(); ++k) {
    left -= weight(k);
    if (left < 0) return k;
  }
  return weights_.size() - 1;
}

double ParzenEstimator::drawn_from(const Factor& factor, std::size_t kernel, Random& random) const {
  const bool uniform = kernel == factor.centres.size();
  if (factor.kind == AxisKind::interval) {
    // At least a third of the draws is in the range, so it is very unlikely that all fail.
    constexpr int kTries = 50;
    for (int i = 0; i < kTries && !uniform; ++i) {
      const double at = random.normal(factor.centres[kernel], factor.bandwidth);
      if (at >= 0 && at < 1) return at;
    }
    return random.uniform();
  }
  if (uniform) return any_of(factor.count, random);
  const double centre = factor.centres[kernel];
  const std::size_t begin = static_cast<std::size_t>(centre) * factor.count;
  double left = random.uniform();
  for (std::size_t i = 0; i < factor.count; ++i) {
    left -= std::exp(factor.table[begin + i]);
    if (left < 0) return static_cast<double>(i);
  }
  return centre;
}

AxisRow ParzenEstimator::drawn(Random& random) const {
  AxisRow row(factors_.size(), kMissing);
  // Values missing in a kernel's row come from other rows; parameters of a group come from the same
  // row.
  std::vector<std::size_t> donors{any_kernel(nullptr, random)};
  for (std::size_t d = 0; d < factors_.size(); ++d) {
    if (!axes_.is_active(d, row)) continue;
    auto donor = std::ranges::find_if(donors, [&](std::size_t k) { return has(factors_[d], k); });
    if (donor == donors.end())
      donor = donors.insert(donors.end(), any_kernel(&factors_[d], random));
    row[d] = drawn_from(factors_[d], *donor, random);
  }
  return row;
}

}  // namespace ocrtune
