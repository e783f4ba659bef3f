#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ocrtune/base/random.h"
#include "ocrtune/samplers/search_axis.h"

namespace ocrtune {

struct ParzenSettings {
  double prior_weight = 1;  ///< of the uniform density, in points
  double bandwidth = 1;     ///< factor of the rule
  double spread_floor = 0;  ///< least spread the rule starts from
  double least_bandwidth = 0.01;
  double nominal_bandwidth = 1;  ///< factor of the share that goes to other values
};

/// A mixture density of rows with kernels around given ones. Over a single dimension, rows without
/// it are left out. Immutable; thread-safe.
class ParzenEstimator {
 public:
  ParzenEstimator(const SearchAxes& axes, std::vector<std::size_t> dimensions,
                  const std::vector<const AxisRow*>& rows, std::span<const double> weights,
                  const ParzenSettings& settings);

  /// Draws the dimensions of the estimator in `row` that exist.
  void draw(AxisRow& row, Random& random) const;

  /// Logarithm of the density at `row`.
  [[nodiscard]] double log_density(const AxisRow& row) const;

 private:
  struct Factor {
    std::size_t dimension = 0;
    AxisKind kind = AxisKind::interval;
    double bandwidth = 1;
    double prior = 0;        // logarithm of the uniform density
    bool everywhere = true;  // all kernels have the dimension
    std::vector<double> centres;
    std::vector<double> norms;  // of interval kernels, logarithms
    std::vector<double> table;  // of others: logarithms, a row for each centre
    std::size_t count = 0;
    std::vector<double> edges;
  };

  Factor factor_of(const SearchAxis& axis, std::size_t dimension,
                   const std::vector<const AxisRow*>& rows, const ParzenSettings& settings) const;
  [[nodiscard]] double log_kernel(const Factor& factor, std::size_t kernel, double at) const;
  [[nodiscard]] double log_marginal(const Factor& factor, double at) const;
  [[nodiscard]] double drawn(const Factor& factor, std::size_t kernel, Random& random) const;
  [[nodiscard]] std::size_t any_kernel(const Factor* having, Random& random) const;

  const SearchAxes& axes_;
  std::vector<double> weights_;  // of kernels, then of the prior; sum 1
  std::vector<double> log_weights_;
  std::vector<Factor> factors_;
  mutable std::vector<double> sums_;
};

}  // namespace ocrtune
