#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune {

/// Training data of a Gaussian process; one row for each value.
struct GpData {
  std::vector<bool> nominal;   ///< for each column: its numbers are categories
  std::vector<double> inputs;  ///< row by row; ordered columns in [0, 1]
  std::vector<double> values;  ///< standardized: mean 0 and variance 1
  std::vector<double> noise;   ///< known variance of each value, in addition to the fitted noise

  [[nodiscard]] std::size_t columns() const { return nominal.size(); }
  [[nodiscard]] std::size_t rows() const { return values.size(); }
};

/// Hyperparameters of the kernel.
struct GpKernel {
  std::vector<double> lengths;  ///< length scale of each column
  double variance = 1;
  double noise = 0.01;  ///< variance of repeated values at the same place
};

/// Posterior of a value.
struct GpPosterior {
  double mean = 0;
  double deviation = 0;  ///< of the function, without noise
};

/// Posterior of a Gaussian process with mean 0 and a Matern 5/2 kernel (Rasmussen & Williams 2006)
/// over the distance sqrt(sum of (difference / length)^2), where the difference of two nominal
/// values is 1. Immutable; thread-safe.
class GaussianProcess {
 public:
  GaussianProcess(GpData data, GpKernel kernel);

  /// The posterior for each row of `places`, which has the data's columns.
  [[nodiscard]] std::vector<GpPosterior> at(std::span<const double> places) const;

  [[nodiscard]] const GpData& data() const { return data_; }

 private:
  GpData data_;
  GpKernel kernel_;
  std::vector<double> factor_;   // of the Cholesky decomposition, column by column
  std::vector<double> weights_;  // (K + noise)^-1 values
};

/// The kernel's hyperparameters as fit_kernel() optimizes them: the logarithms of lengths, variance
/// and noise.
std::vector<double> log_numbers(const GpKernel& kernel);
GpKernel kernel_of(std::span<const double> log_numbers);

/// Minus the logarithm of the likelihood of the data times the gamma priors of the kernel's
/// hyperparameters, up to a constant; `gradient` with respect to their logarithms.
double negative_log_posterior(const GpData& data, std::span<const double> log_numbers,
                              std::span<double> gradient);

/// The kernel with the largest posterior that a local search finds from two starts. Deterministic.
GpKernel fit_kernel(const GpData& data);

/// Logarithm of the expected improvement below `best`, accurate also for tiny improvements (Ament
/// et al. 2023). `deviation` must be above 0.
double log_expected_improvement(const GpPosterior& posterior, double best);

}  // namespace ocrtune
