#include "ocrtune/samplers/parzen_estimator.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <utility>

namespace ocrtune {
namespace {

double normal_share(double low, double high) {
  // The upper tail's difference keeps its digits where both ends lie far out.
  return low > 0
             ? 0.5 * (std::erfc(low / std::numbers::sqrt2) - std::erfc(high / std::numbers::sqrt2))
             : 0.5 *
                   (std::erfc(-high / std::numbers::sqrt2) - std::erfc(-low / std::numbers::sqrt2));
}

double log_of(double share) { return std::log(std::max(share, 1e-300)); }

std::vector<double> nominal_table(std::size_t count, double bandwidth) {
  const double n = static_cast<double>(count);
  const double others = count > 1 ? bandwidth / n : 0;
  std::vector<double> table(count * count, log_of(others));
  for (std::size_t i = 0; i < count; ++i) table[i * count + i] = log_of(1 - others * (n - 1));
  return table;
}

std::vector<double> step_table(const std::vector<double>& edges, double bandwidth) {
  const std::size_t count = edges.size() - 1;
  std::vector<double> table(count * count);
  for (std::size_t i = 0; i < count; ++i) {
    const double centre = (edges[i] + edges[i + 1]) / 2;
    const double all = normal_share((0 - centre) / bandwidth, (1 - centre) / bandwidth);
    for (std::size_t j = 0; j < count; ++j)
      table[i * count + j] = log_of(
          normal_share((edges[j] - centre) / bandwidth, (edges[j + 1] - centre) / bandwidth) / all);
  }
  return table;
}

}  // namespace

ParzenEstimator::ParzenEstimator(const SearchAxes& axes, std::vector<std::size_t> dimensions,
                                 const std::vector<const AxisRow*>& rows,
                                 std::span<const double> weights, const ParzenSettings& settings)
    : axes_(axes) {
  std::vector<const AxisRow*> kept;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (dimensions.size() == 1 && std::isnan((*rows[i])[dimensions[0]])) continue;
    kept.push_back(rows[i]);
    weights_.push_back(weights[i]);
  }
  weights_.push_back(settings.prior_weight);
  const double sum = std::accumulate(weights_.begin(), weights_.end(), 0.0);
  for (double& weight : weights_) {
    weight /= sum;
    log_weights_.push_back(log_of(weight));
  }
  for (const std::size_t dimension : dimensions)
    factors_.push_back(factor_of(axes[dimension], dimension, kept, settings));
  // Rule: few points or many dimensions, wide kernels.
  double cells = 0;
  for (const Factor& factor : factors_)
    cells += static_cast<double>(
        std::ranges::count_if(factor.centres, [](double c) { return !std::isnan(c); }));
  const double mean_dimensions = kept.empty() ? 1 : cells / static_cast<double>(kept.size());
  for (Factor& factor : factors_) {
    double n = 0, mean = 0, square = 0;
    factor.everywhere = true;
    for (std::size_t k = 0; k < kept.size(); ++k) {
      const double c = factor.centres[k];
      if (std::isnan(c)) {
        factor.everywhere = false;
        continue;
      }
      const double u = factor.kind == AxisKind::steps
                           ? (factor.edges[static_cast<std::size_t>(c)] +
                              factor.edges[static_cast<std::size_t>(c) + 1]) /
                                 2
                           : c;
      n += weights_[k];
      mean += weights_[k] * u;
      square += weights_[k] * u * u;
    }
    const double w = n + weights_.back();
    mean = (mean + weights_.back() * 0.5) / w;
    square = (square + weights_.back() / 3) / w;
    const double spread =
        std::max(settings.spread_floor, std::sqrt(std::max(0.0, square - mean * mean)));
    const double points = 1 + static_cast<double>(std::ranges::count_if(
                                  factor.centres, [](double c) { return !std::isnan(c); }));
    const double shrink = std::pow(points, -1 / (mean_dimensions + 4));
    if (factor.kind == AxisKind::nominal) {
      factor.bandwidth = std::min(1.0, settings.nominal_bandwidth * shrink);
      factor.table = nominal_table(factor.count, factor.bandwidth);
      factor.prior = -std::log(static_cast<double>(factor.count));
      continue;
    }
    factor.bandwidth = std::max(settings.bandwidth * spread * shrink, settings.least_bandwidth);
    if (factor.kind == AxisKind::steps) {
      factor.bandwidth = std::max(factor.bandwidth, 0.3 / static_cast<double>(factor.count));
      factor.table = step_table(factor.edges, factor.bandwidth);
      factor.prior = -std::log(static_cast<double>(factor.count));
      continue;
    }
    for (const double c : factor.centres)
      factor.norms.push_back(
          std::isnan(c)
              ? 0
              : -std::log(factor.bandwidth * std::sqrt(2 * std::numbers::pi) *
                          normal_share(-c / factor.bandwidth, (1 - c) / factor.bandwidth)));
  }
}

ParzenEstimator::Factor ParzenEstimator::factor_of(const SearchAxis& axis, std::size_t dimension,
                                                   const std::vector<const AxisRow*>& rows,
                                                   const ParzenSettings& /*settings*/) const {
  Factor factor{
      .dimension = dimension, .kind = axis.kind, .count = axis.count, .edges = axis.edges};
  for (const AxisRow* row : rows) factor.centres.push_back((*row)[dimension]);
  return factor;
}

double ParzenEstimator::log_kernel(const Factor& factor, std::size_t kernel, double at) const {
  if (kernel == factor.centres.size()) return factor.prior;
  const double centre = factor.centres[kernel];
  if (factor.kind == AxisKind::interval) {
    const double z = (at - centre) / factor.bandwidth;
    return factor.norms[kernel] - 0.5 * z * z;
  }
  return factor
      .table[static_cast<std::size_t>(centre) * factor.count + static_cast<std::size_t>(at)];
}

double ParzenEstimator::log_marginal(const Factor& factor, double at) const {
  double sum = 0;
  double weight = 0;
  for (std::size_t k = 0; k < weights_.size(); ++k) {
    if (k + 1 < weights_.size() && std::isnan(factor.centres[k])) continue;
    sum += weights_[k] * std::exp(log_kernel(factor, k, at));
    weight += weights_[k];
  }
  return log_of(sum / weight);
}

double ParzenEstimator::log_density(const AxisRow& row) const {
  sums_ = log_weights_;
  for (const Factor& factor : factors_) {
    const double at = row[factor.dimension];
    if (std::isnan(at)) continue;
    const std::size_t n = factor.centres.size();
    if (factor.everywhere && factor.kind == AxisKind::interval) {
      const double scale = 1 / factor.bandwidth;
      for (std::size_t k = 0; k < n; ++k) {
        const double z = (at - factor.centres[k]) * scale;
        sums_[k] += factor.norms[k] - 0.5 * z * z;
      }
    } else {
      const double marginal = factor.everywhere ? 0 : log_marginal(factor, at);
      for (std::size_t k = 0; k < n; ++k)
        sums_[k] += std::isnan(factor.centres[k]) ? marginal : log_kernel(factor, k, at);
    }
    sums_[n] += factor.prior;
  }
  const double most = *std::ranges::max_element(sums_);
  double sum = 0;
  for (const double s : sums_) {
    if (s > most - 40) sum += std::exp(s - most);
  }
  return most + std::log(sum);
}

std::size_t ParzenEstimator::any_kernel(const Factor* having, Random& random) const {
  double all = 0;
  const auto has = [&](std::size_t k) {
    return !having || k + 1 == weights_.size() || !std::isnan(having->centres[k]);
  };
  for (std::size_t k = 0; k < weights_.size(); ++k) all += has(k) ? weights_[k] : 0;
  double left = random.uniform() * all;
  for (std::size_t k = 0; k + 1 < weights_.size(); ++k) {
    if (!has(k)) continue;
    left -= weights_[k];
    if (left < 0) return k;
  }
  return weights_.size() - 1;
}

double ParzenEstimator::drawn(const Factor& factor, std::size_t kernel, Random& random) const {
  const double n = static_cast<double>(factor.count);
  const bool prior = kernel == factor.centres.size();
  if (factor.kind == AxisKind::nominal) {
    if (!prior && !random.chance(factor.bandwidth)) return factor.centres[kernel];
    return std::min(std::floor(random.uniform() * n), n - 1);
  }
  if (factor.kind == AxisKind::steps) {
    if (prior) return std::min(std::floor(random.uniform() * n), n - 1);
    const auto centre = static_cast<std::size_t>(factor.centres[kernel]);
    double left = random.uniform();
    for (std::size_t j = 0; j < factor.count; ++j) {
      left -= std::exp(factor.table[centre * factor.count + j]);
      if (left < 0) return static_cast<double>(j);
    }
    return factor.centres[kernel];
  }
  if (!prior) {
    for (int i = 0; i < 50; ++i) {
      const double at = random.normal(factor.centres[kernel], factor.bandwidth);
      if (at >= 0 && at < 1) return at;
    }
  }
  return random.uniform();
}

void ParzenEstimator::draw(AxisRow& row, Random& random) const {
  std::vector<std::size_t> donors{any_kernel(nullptr, random)};
  for (const Factor& factor : factors_) {
    if (!axes_.is_active(factor.dimension, row)) {
      row[factor.dimension] = kMissing;
      continue;
    }
    const auto has = [&](std::size_t k) {
      return k == factor.centres.size() || !std::isnan(factor.centres[k]);
    };
    auto donor = std::ranges::find_if(donors, has);
    if (donor == donors.end()) {
      donors.push_back(any_kernel(&factor, random));
      donor = donors.end() - 1;
    }
    row[factor.dimension] = drawn(factor, *donor, random);
  }
}

}  // namespace ocrtune
