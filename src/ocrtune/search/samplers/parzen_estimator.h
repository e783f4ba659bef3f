#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ocrtune/base/random.h"
#include "ocrtune/search/samplers/search_axis.h"

namespace ocrtune {

struct ParzenSettings {
  double prior_weight = 1;       ///< of the uniform density; that of a row is 1 on average
  double bandwidth = 1;          ///< factor of Scott's rule
  double nominal_bandwidth = 1;  ///< factor of the share that a kernel spreads over all categories
};

/// A density over the points of a space: a mixture of a uniform density and of kernels around given
/// rows. A kernel is the product of one factor for each dimension: a normal density truncated to
/// the range; for values with steps, its integral over the value's cell; for categories, the kernel
/// of Aitchison & Aitken (1976). Bandwidths follow Scott's rule with the spread of the rows in a
/// dimension (Watanabe 2023). If a kernel's row has no value in a dimension, it takes the density
/// of the rows that have one there, so the mixture is a density on every space with conditions.
/// Immutable; thread-safe. Keeps a reference to the axes.
class ParzenEstimator {
 public:
  /// One positive weight for each of the rows; there may be no rows.
  ParzenEstimator(const SearchAxes& axes, std::span<const AxisRow* const> rows,
                  std::span<const double> weights, const ParzenSettings& settings);

  /// A row drawn from the density.
  [[nodiscard]] AxisRow drawn(Random& random) const;

  /// Logarithm of the density at `row`; for steps and categories, of the probability.
  [[nodiscard]] double log_density(const AxisRow& row) const;

 private:
  /// All kernels in one dimension.
  struct Factor {
    AxisKind kind = AxisKind::interval;
    std::size_t count = 0;
    bool everywhere = true;       // every kernel has this dimension
    double bandwidth = 1;         // for categories: the share that is spread
    double uniform = 0;           // logarithm of the uniform density
    std::vector<double> centres;  // NaN if the kernel's row has no value
    std::vector<double> norms;    // for intervals: logarithms of the normalization of each kernel
    std::vector<double> table;    // for others: logarithms at every value, around every value
  };

  [[nodiscard]] double shrinkage(std::size_t dimension) const;
  [[nodiscard]] double spread(const SearchAxis& axis, const Factor& factor) const;
  void widen(const SearchAxis& axis, double shrinkage, const ParzenSettings& settings,
             Factor& factor) const;

  [[nodiscard]] bool has(const Factor& factor, std::size_t kernel) const;
  [[nodiscard]] double log_kernel(const Factor& factor, std::size_t kernel, double at) const;
  [[nodiscard]] double log_marginal(const Factor& factor, double at) const;
  void add_factor(const Factor& factor, double at, std::span<double> sums) const;
  [[nodiscard]] std::size_t any_kernel(const Factor* having, Random& random) const;
  [[nodiscard]] double drawn_from(const Factor& factor, std::size_t kernel, Random& random) const;

  const SearchAxes& axes_;
  std::vector<double> weights_;  // of the kernels, then of the uniform density; sum 1
  std::vector<Factor> factors_;
};

}  // namespace ocrtune
