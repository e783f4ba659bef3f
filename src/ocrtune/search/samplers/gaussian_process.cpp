#include "ocrtune/search/samplers/gaussian_process.h"

#include <nlopt.h>

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numbers>
#include <type_traits>
#include <utility>

namespace ocrtune {
namespace {

using Matrix = Eigen::MatrixXd;
using Vector = Eigen::VectorXd;
using RowMajor = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

constexpr double kRootFive = 2.2360679774997896964;
constexpr int kMaxFitCalls = 30;

/// A gamma distribution, up to a constant factor.
struct Gamma {
  double shape = 1;
  double rate = 1;
};

struct Bounds {
  double low = 0;
  double high = 0;
};

constexpr Bounds kLengths{0.02, 20};
constexpr Bounds kVariance{0.05, 20};
constexpr Bounds kNoise{1e-6, 1};

// Means: lengths of half the range, the variance of the values, and a twentieth of it as noise.
constexpr Gamma kNominalLength{3, 3};
constexpr Gamma kVariancePrior{2, 2};
constexpr Gamma kNoisePrior{1.1, 22};

/// In many dimensions points are far apart, so longer lengths are expected.
Gamma length_prior(const GpData& data, std::size_t column) {
  if (data.nominal[column]) return kNominalLength;
  return {3, 6 / std::max(1.0, std::sqrt(static_cast<double>(data.columns()) / 4))};
}

Eigen::Map<const RowMajor> rows_of(std::span<const double> numbers, std::size_t columns) {
  const auto width = static_cast<Eigen::Index>(columns);
  return {numbers.data(), static_cast<Eigen::Index>(numbers.size()) / width, width};
}

/// Squared differences in one column, between rows of two sets.
Matrix squared_differences(const Eigen::Ref<const Vector>& a, const Eigen::Ref<const Vector>& b,
                           bool nominal) {
  Matrix squares(a.size(), b.size());
  for (Eigen::Index j = 0; j < b.size(); ++j) {
    if (nominal) {
      squares.col(j) = (a.array() != b[j]).cast<double>();
    } else {
      squares.col(j) = (a.array() - b[j]).square();
    }
  }
  return squares;
}

/// Distances between rows of two sets.
Matrix distances(const GpData& data, const GpKernel& kernel, std::span<const double> a,
                 std::span<const double> b) {
  const auto left = rows_of(a, data.columns());
  const auto right = rows_of(b, data.columns());
  Matrix sum = Matrix::Zero(left.rows(), right.rows());
  for (std::size_t i = 0; i < data.columns(); ++i) {
    const auto column = static_cast<Eigen::Index>(i);
    sum += squared_differences(left.col(column), right.col(column), data.nominal[i]) /
           (kernel.lengths[i] * kernel.lengths[i]);
  }
  return sum.cwiseSqrt();
}

Matrix matern(const Matrix& distance, double variance) {
  const auto scaled = kRootFive * distance.array();
  return variance * (1 + scaled + scaled.square() / 3) * (-scaled).exp();
}

Vector noise_of(const GpData& data, double learnt) {
  return Eigen::Map<const Vector>(data.noise.data(), static_cast<Eigen::Index>(data.rows()))
             .array() +
         learnt;
}

/// Cholesky decomposition, with more noise if rounding makes the matrix indefinite.
Eigen::LLT<Matrix> factored(const Matrix& covariance, const Vector& noise) {
  for (double more = 0;; more = more == 0 ? 1e-8 : 10 * more) {
    Matrix sum = covariance;
    sum.diagonal() += noise;
    sum.diagonal().array() += more;
    Eigen::LLT<Matrix> factor(sum);
    if (factor.info() == Eigen::Success) return factor;
  }
}

/// The posterior for one set of data, with the parts that do not depend on the kernel.
class Posterior {
 public:
  explicit Posterior(const GpData& data)
      : data_(data),
        values_(
            Eigen::Map<const Vector>(data.values.data(), static_cast<Eigen::Index>(data.rows()))) {
    const auto rows = rows_of(data.inputs, data.columns());
    for (std::size_t i = 0; i < data.columns(); ++i) {
      const auto column = rows.col(static_cast<Eigen::Index>(i));
      squares_.push_back(squared_differences(column, column, data.nominal[i]));
    }
  }

  double operator()(std::span<const double> numbers, std::span<double> gradient) const {
    const GpKernel kernel = kernel_of(numbers);
    const Eigen::Index n = values_.size();
    Matrix distance = Matrix::Zero(n, n);
    for (std::size_t i = 0; i < squares_.size(); ++i)
      distance += squares_[i] / (kernel.lengths[i] * kernel.lengths[i]);
    distance = distance.cwiseSqrt();
    const Matrix covariance = matern(distance, kernel.variance);
    const Eigen::LLT<Matrix> factor = factored(covariance, noise_of(data_, kernel.noise));
    const Vector weights = factor.solve(values_);
    double sum = values_.dot(weights) / 2;
    for (Eigen::Index i = 0; i < n; ++i) sum += std::log(factor.matrixLLT()(i, i));
    if (!gradient.empty()) {
      // The gradient with respect to a number t is half the trace of (K^-1 - w w^T) dK/dt.
      Matrix root = Matrix::Identity(n, n);
      factor.matrixL().solveInPlace(root);
      Matrix inner = -weights * weights.transpose();
      inner.noalias() += root.transpose() * root;
      const auto scaled = kRootFive * distance.array();
      const Matrix slope = inner.array() * (1 + scaled) * (-scaled).exp();
      for (std::size_t i = 0; i < squares_.size(); ++i) {
        gradient[i] = 5 * kernel.variance / (6 * kernel.lengths[i] * kernel.lengths[i]) *
                      slope.cwiseProduct(squares_[i]).sum();
      }
      gradient[squares_.size()] = inner.cwiseProduct(covariance).sum() / 2;
      gradient[squares_.size() + 1] = kernel.noise * inner.trace() / 2;
    }
    return sum + priors(kernel, gradient);
  }

 private:
  /// Minus the logarithm of the priors; adds its gradient.
  double priors(const GpKernel& kernel, std::span<double> gradient) const {
    double sum = 0;
    const auto add = [&](std::size_t i, const Gamma& gamma, double number) {
      sum += gamma.rate * number - (gamma.shape - 1) * std::log(number);
      if (!gradient.empty()) gradient[i] += gamma.rate * number - (gamma.shape - 1);
    };
    for (std::size_t i = 0; i < squares_.size(); ++i)
      add(i, length_prior(data_, i), kernel.lengths[i]);
    add(squares_.size(), kVariancePrior, kernel.variance);
    add(squares_.size() + 1, kNoisePrior, kernel.noise);
    return sum;
  }

  const GpData& data_;
  Vector values_;
  std::vector<Matrix> squares_;
};

double called_by_nlopt(unsigned count, const double* numbers, double* gradient, void* posterior) {
  return (*static_cast<const Posterior*>(posterior))({numbers, count},
                                                     {gradient, gradient == nullptr ? 0 : count});
}

struct Fit {
  std::vector<double> numbers;
  double value = HUGE_VAL;
};

Fit fit_from(const Posterior& posterior, const GpKernel& start) {
  Fit fit{.numbers = log_numbers(start)};
  const auto count = static_cast<unsigned>(fit.numbers.size());
  const std::unique_ptr<std::remove_pointer_t<nlopt_opt>, decltype(&nlopt_destroy)> optimizer(
      nlopt_create(NLOPT_LD_LBFGS, count), nlopt_destroy);
  if (!optimizer) throw std::bad_alloc();
  std::vector<double> low(start.lengths.size(), std::log(kLengths.low));
  std::vector<double> high(start.lengths.size(), std::log(kLengths.high));
  for (const Bounds& bounds : {kVariance, kNoise}) {
    low.push_back(std::log(bounds.low));
    high.push_back(std::log(bounds.high));
  }
  // NLopt does not write to it.
  nlopt_set_min_objective(optimizer.get(), called_by_nlopt, const_cast<Posterior*>(&posterior));
  nlopt_set_lower_bounds(optimizer.get(), low.data());
  nlopt_set_upper_bounds(optimizer.get(), high.data());
  nlopt_set_vector_storage(optimizer.get(), 10);
  nlopt_set_maxeval(optimizer.get(), kMaxFitCalls);
  nlopt_set_ftol_abs(optimizer.get(), 0.01);
  (void)nlopt_optimize(optimizer.get(), fit.numbers.data(), &fit.value);
  fit.value = posterior(fit.numbers, {});
  return fit;
}

/// phi(z) + z Phi(z), the expected improvement for a deviation of 1, as a logarithm.
double log_improvement(double z) {
  constexpr double kFar = -3;
  const double log_density = -z * z / 2 - std::log(2 * std::numbers::pi) / 2;
  if (z > kFar)
    return std::log(std::exp(log_density) + z * std::erfc(-z / std::numbers::sqrt2) / 2);
  // Mills' ratio is 1 / (t + c), with c a continued fraction. 1 minus t times the ratio is c / (t +
  // c), which has no cancellation.
  const double t = -z;
  double rest = t;
  for (int i = 60; i >= 2; --i) rest = t + i / rest;
  const double c = 1 / rest;
  return log_density + std::log(c / (t + c));
}

}  // namespace

GaussianProcess::GaussianProcess(GpData data, GpKernel kernel)
    : data_(std::move(data)), kernel_(std::move(kernel)) {
  const Matrix covariance =
      matern(distances(data_, kernel_, data_.inputs, data_.inputs), kernel_.variance);
  const Eigen::LLT<Matrix> factor = factored(covariance, noise_of(data_, kernel_.noise));
  const Vector weights = factor.solve(
      Eigen::Map<const Vector>(data_.values.data(), static_cast<Eigen::Index>(data_.rows())));
  weights_.assign(weights.begin(), weights.end());
  const Matrix lower = factor.matrixL();
  factor_.assign(lower.data(), lower.data() + lower.size());
}

std::vector<GpPosterior> GaussianProcess::at(std::span<const double> places) const {
  const auto n = static_cast<Eigen::Index>(data_.rows());
  Matrix covariance = matern(distances(data_, kernel_, data_.inputs, places), kernel_.variance);
  const Vector means = covariance.transpose() * Eigen::Map<const Vector>(weights_.data(), n);
  Eigen::Map<const Matrix>(factor_.data(), n, n)
      .triangularView<Eigen::Lower>()
      .solveInPlace(covariance);
  const Vector known = covariance.colwise().squaredNorm();
  std::vector<GpPosterior> posteriors;
  for (Eigen::Index i = 0; i < means.size(); ++i) {
    // Rounding may make the variance negative.
    const double left = std::max(kernel_.variance - known[i], 1e-12 * kernel_.variance);
    posteriors.push_back({.mean = means[i], .deviation = std::sqrt(left)});
  }
  return posteriors;
}

std::vector<double> log_numbers(const GpKernel& kernel) {
  std::vector<double> numbers;
  for (const double length : kernel.lengths) numbers.push_back(std::log(length));
  numbers.push_back(std::log(kernel.variance));
  numbers.push_back(std::log(kernel.noise));
  return numbers;
}

GpKernel kernel_of(std::span<const double> log_numbers) {
  GpKernel kernel;
  const std::size_t columns = log_numbers.size() - 2;
  for (std::size_t i = 0; i < columns; ++i) kernel.lengths.push_back(std::exp(log_numbers[i]));
  kernel.variance = std::exp(log_numbers[columns]);
  kernel.noise = std::exp(log_numbers[columns + 1]);
  return kernel;
}

double negative_log_posterior(const GpData& data, std::span<const double> log_numbers,
                              std::span<double> gradient) {
  return Posterior(data)(log_numbers, gradient);
}

GpKernel fit_kernel(const GpData& data) {
  const Posterior posterior(data);
  // A function without noise that depends on every column, and a noisy one with long lengths.
  const GpKernel clear{
      .lengths = std::vector<double>(data.columns(), 0.5), .variance = 1, .noise = 1e-3};
  const GpKernel noisy{
      .lengths = std::vector<double>(data.columns(), 1.5), .variance = 1, .noise = 0.1};
  const Fit one = fit_from(posterior, clear);
  const Fit other = fit_from(posterior, noisy);
  return kernel_of(other.value < one.value ? other.numbers : one.numbers);
}

double log_expected_improvement(const GpPosterior& posterior, double best) {
  return std::log(posterior.deviation) +
         log_improvement((best - posterior.mean) / posterior.deviation);
}

}  // namespace ocrtune
