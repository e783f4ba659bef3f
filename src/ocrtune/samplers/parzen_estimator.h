#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ocrtune/base/random.h"
#include "ocrtune/samplers/search_axis.h"

namespace ocrtune {

struct ParzenSettings {
  double prior_weight = 1;       ///< of the uniform density; a row's is 1 on average
  double bandwidth = 1;          ///< factor of Scott's rule
  double nominal_bandwidth = 1;  ///< factor of the share that a kernel spreads over all choices
};

/// A density over the points of a space: the mixture of a uniform one and of kernels around given
/// rows, each the product of one factor for every dimension. A factor is a normal density cut to
/// the range; for values with steps its integral over the value's cell; for choices the kernel of
/// Aitchison & Aitken (1976). Bandwidths follow Scott's rule with the rows' spread in a dimension
/// (Watanabe 2023). A kernel whose row lacks a dimension takes the density of those that have it
/// there, so the whole is a density on every space with conditions. Immutable; thread-safe. Holds
/// on to the axes.
class ParzenEstimator {
 public:
  /// One weight above 0 for each of the rows; of them there may be none.
  ParzenEstimator(const SearchAxes& axes, std::span<const AxisRow* const> rows,
                  std::span<const double> weights, const ParzenSettings& settings);

  /// A row drawn from the density.
  [[nodiscard]] AxisRow drawn(Random& random) const;

  /// Logarithm of the density at `row`; of steps and choices the probability.
  [[nodiscard]] double log_density(const AxisRow& row) const;

 private:
  /// All kernels in one dimension.
  struct Factor {
    AxisKind kind = AxisKind::interval;
    std::size_t count = 0;
    bool everywhere = true;       // no kernel lacks it
    double bandwidth = 1;         // of choices the share that is spread
    double uniform = 0;           // logarithm of the uniform density
    std::vector<double> centres;  // NaN where the kernel's row lacks it
    std::vector<double> norms;    // logarithms, of intervals: what makes a kernel's integral 1
    std::vector<double> table;    // logarithms, of others: at every value, around every value
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
