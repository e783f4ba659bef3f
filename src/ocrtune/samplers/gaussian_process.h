#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune {

/// What a Gaussian process learns from; one row for each value.
struct GpData {
  std::vector<bool> nominal;   ///< for each column: its numbers only tell things apart
  std::vector<double> inputs;  ///< row by row; ordered columns in [0, 1]
  std::vector<double> values;  ///< about mean 0 and variance 1
  std::vector<double> noise;   ///< each value's known variance, on top of the learnt one

  [[nodiscard]] std::size_t columns() const { return nominal.size(); }
  [[nodiscard]] std::size_t rows() const { return values.size(); }
};

/// What decides how alike two places are.
struct GpKernel {
  std::vector<double> lengths;  ///< for each column: how far a value tells of others
  double variance = 1;
  double noise = 0.01;  ///< variance of a value at the same place
};

/// A value as a process believes it to be.
struct GpBelief {
  double mean = 0;
  double deviation = 0;  ///< of the function itself, without noise
};

/// Posterior of a Gaussian process with mean 0 and a Matern 5/2 kernel (Rasmussen & Williams 2006)
/// over the distance sqrt(sum of (difference / length)^2), where the difference of two nominal
/// values is 1. Immutable; thread-safe.
class GaussianProcess {
 public:
  GaussianProcess(GpData data, GpKernel kernel);

  /// For each row of `places`, which has the data's columns.
  [[nodiscard]] std::vector<GpBelief> at(std::span<const double> places) const;

  [[nodiscard]] const GpData& data() const { return data_; }

 private:
  GpData data_;
  GpKernel kernel_;
  std::vector<double> factor_;   // Cholesky's, column by column
  std::vector<double> weights_;  // (K + noise)^-1 values
};

/// A kernel's numbers as fit_kernel() moves them: the logarithms of lengths, variance and noise.
std::vector<double> log_numbers(const GpKernel& kernel);
GpKernel kernel_of(std::span<const double> log_numbers);

/// Minus the logarithm of the likelihood of the data times the gamma priors of the kernel's
/// numbers, but for a constant; `gradient` by the logarithms of these.
double negative_log_posterior(const GpData& data, std::span<const double> log_numbers,
                              std::span<double> gradient);

/// The kernel of the largest posterior that a local search finds from two starts. Deterministic.
GpKernel fit_kernel(const GpData& data);

/// The logarithm of how much a value is expected to lie below `best`, exact also where that is
/// hardly ever (Ament et al. 2023). `deviation` above 0.
double log_expected_improvement(const GpBelief& belief, double best);

}  // namespace ocrtune
