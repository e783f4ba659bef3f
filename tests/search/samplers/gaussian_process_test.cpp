#include "ocrtune/search/samplers/gaussian_process.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ocrtune/base/random.h"
#include "ocrtune/search/samplers/output_transform.h"

namespace ocrtune {
namespace {

using Vector = std::vector<double>;

/// Two ordered columns and a nominal one between them.
GpData any_data(std::size_t rows, std::uint64_t seed) {
  Random random(seed);
  GpData data{.nominal = {false, true, false}, .inputs = {}, .values = {}, .noise = {}};
  for (std::size_t i = 0; i < rows; ++i) {
    const double x = random.uniform();
    const double kind = random.integer(0, 2);
    const double y = random.uniform();
    data.inputs.insert(data.inputs.end(), {x, kind / 3, y});
    data.values.push_back(std::sin(5 * x) + 0.5 * kind - y * y);
    data.noise.push_back(i % 3 == 0 ? 0.2 : 0);
  }
  return data;
}

GpKernel any_kernel() { return {.lengths = {0.4, 1.3, 0.8}, .variance = 1.7, .noise = 0.05}; }

double covariance(const GpKernel& kernel, const double* a, const double* b) {
  const double x = (a[0] - b[0]) / kernel.lengths[0];
  const double kind = (a[1] == b[1] ? 0 : 1) / kernel.lengths[1];
  const double y = (a[2] - b[2]) / kernel.lengths[2];
  const double r = std::sqrt(5 * (x * x + kind * kind + y * y));
  return kernel.variance * (1 + r + r * r / 3) * std::exp(-r);
}

struct Solved {
  Vector solution;
  double log_determinant = 0;
};

/// Gaussian elimination of a positive definite matrix, row by row.
Solved solved(Vector matrix, Vector right) {
  const std::size_t n = right.size();
  Solved result;
  for (std::size_t i = 0; i < n; ++i) {
    result.log_determinant += std::log(matrix[i * n + i]);
    for (std::size_t j = i + 1; j < n; ++j) {
      const double factor = matrix[j * n + i] / matrix[i * n + i];
      for (std::size_t k = i; k < n; ++k) matrix[j * n + k] -= factor * matrix[i * n + k];
      right[j] -= factor * right[i];
    }
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) right[i] -= matrix[i * n + k] * right[k];
    right[i] /= matrix[i * n + i];
  }
  result.solution = right;
  return result;
}

Vector covariances(const GpData& data, const GpKernel& kernel) {
  const std::size_t n = data.rows();
  Vector matrix(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j)
      matrix[i * n + j] = covariance(kernel, &data.inputs[3 * i], &data.inputs[3 * j]);
    matrix[i * n + i] += kernel.noise + data.noise[i];
  }
  return matrix;
}

double product(const Vector& a, const Vector& b) {
  double sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

TEST(GaussianProcess, BelievesWhatTheFormulaSays) {
  const GpData data = any_data(9, 4);
  const GpKernel kernel = any_kernel();
  const GaussianProcess process(data, kernel);
  const GpData places = any_data(5, 8);
  const std::vector<GpPosterior> posteriors = process.at(places.inputs);
  ASSERT_EQ(posteriors.size(), 5U);
  const Vector matrix = covariances(data, kernel);
  for (std::size_t i = 0; i < 5; ++i) {
    Vector across;
    for (std::size_t j = 0; j < 9; ++j)
      across.push_back(covariance(kernel, &places.inputs[3 * i], &data.inputs[3 * j]));
    const double variance = kernel.variance - product(across, solved(matrix, across).solution);
    EXPECT_NEAR(posteriors[i].mean, product(across, solved(matrix, data.values).solution), 1e-10);
    EXPECT_NEAR(posteriors[i].deviation, std::sqrt(variance), 1e-10);
  }
}

TEST(GaussianProcess, GoesThroughValuesWithoutNoise) {
  GpData data = any_data(12, 3);
  std::ranges::fill(data.noise, 0);
  GpKernel kernel = any_kernel();
  kernel.noise = 1e-9;
  const std::vector<GpPosterior> posteriors = GaussianProcess(data, kernel).at(data.inputs);
  for (std::size_t i = 0; i < 12; ++i) {
    EXPECT_NEAR(posteriors[i].mean, data.values[i], 1e-5);
    EXPECT_LT(posteriors[i].deviation, 1e-3);
  }
}

TEST(GaussianProcess, TheSamePlaceTwiceIsNoTrouble) {
  const GpData data{
      .nominal = {false}, .inputs = {0.5, 0.5, 0.5}, .values = {1, 1, 1}, .noise = {0, 0, 0}};
  const GaussianProcess process(data, {.lengths = {1}, .variance = 1, .noise = 0});
  EXPECT_NEAR(process.at(Vector{0.5})[0].mean, 1, 1e-6);
}

TEST(GaussianProcess, ThePosteriorsLikelihoodIsThatOfTheFormula) {
  const GpKernel kernel = any_kernel();
  const Vector numbers = log_numbers(kernel);
  Vector differences;
  // The priors are the same for any data and go out in the difference.
  for (const std::uint64_t seed : {1U, 2U}) {
    const GpData data = any_data(8, seed);
    const Solved direct = solved(covariances(data, kernel), data.values);
    differences.push_back(negative_log_posterior(data, numbers, {}) -
                          product(data.values, direct.solution) / 2 - direct.log_determinant / 2);
  }
  EXPECT_NEAR(differences[0], differences[1], 1e-10);
}

TEST(GaussianProcess, ThePosteriorsGradientIsThatOfDifferences) {
  const GpData data = any_data(15, 6);
  const Vector numbers = log_numbers(any_kernel());
  Vector gradient(numbers.size());
  (void)negative_log_posterior(data, numbers, gradient);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    constexpr double kStep = 1e-5;
    Vector above = numbers;
    Vector below = numbers;
    above[i] += kStep;
    below[i] -= kStep;
    const double slope =
        (negative_log_posterior(data, above, {}) - negative_log_posterior(data, below, {})) /
        (2 * kStep);
    EXPECT_NEAR(gradient[i], slope, 1e-6 * (1 + std::abs(slope))) << i;
  }
}

TEST(GaussianProcess, KernelsNumbersComeBack) {
  const GpKernel kernel = kernel_of(log_numbers(any_kernel()));
  for (std::size_t i = 0; i < 3; ++i) EXPECT_DOUBLE_EQ(kernel.lengths[i], any_kernel().lengths[i]);
  EXPECT_DOUBLE_EQ(kernel.variance, 1.7);
  EXPECT_DOUBLE_EQ(kernel.noise, 0.05);
}

TEST(GaussianProcess, FittingTellsWhatMattersAndWhatIsNoise) {
  Random random(5);
  GpData clear{.nominal = {false, false}, .inputs = {}, .values = {}, .noise = Vector(40, 0)};
  GpData noisy = clear;
  for (int i = 0; i < 40; ++i) {
    const double x = random.uniform();
    clear.inputs.insert(clear.inputs.end(), {x, random.uniform()});
    clear.values.push_back(1.4 * std::sin(6 * x));
    noisy.values.push_back(clear.values.back() + random.normal(0, 0.5));
  }
  noisy.inputs = clear.inputs;
  const GpKernel kernel = fit_kernel(clear);
  EXPECT_LT(kernel.lengths[0] * 2, kernel.lengths[1]);
  EXPECT_LT(kernel.noise, 1e-3);
  EXPECT_NEAR(fit_kernel(noisy).noise, 0.25, 0.15);
  // No place near the fitted one has a larger posterior.
  const Vector numbers = log_numbers(fit_kernel(noisy));
  const double least = negative_log_posterior(noisy, numbers, {});
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    for (const double by : {-0.5, 0.5}) {
      Vector other = numbers;
      other[i] += by;
      EXPECT_GT(negative_log_posterior(noisy, other, {}), least) << i;
    }
  }
}

/// log of the integral of t phi(t - z) over t from 0, by Simpson's rule.
double log_improvement_by_quadrature(double z) {
  constexpr int kSteps = 20000;
  const double high = std::min(std::max(z, 0.0) + 12, z < -4 ? 45 / -z : 1e9);
  double sum = 0;
  for (int i = 0; i <= kSteps; ++i) {
    const double t = high * i / kSteps;
    const double weight = i == 0 || i == kSteps ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * t * std::exp(-t * t / 2 + t * z);
  }
  return std::log(sum * high / kSteps / 3) - z * z / 2 - std::log(2 * std::numbers::pi) / 2;
}

TEST(LogExpectedImprovement, IsThatOfQuadrature) {
  for (const double z : {4.0, 1.0, 0.0, -1.0, -2.9, -3.1, -5.0, -10.0, -35.0, -300.0}) {
    const double expected = log_improvement_by_quadrature(z);
    EXPECT_NEAR(log_expected_improvement({.mean = -z, .deviation = 1}, 0), expected,
                1e-9 * (1 + std::abs(expected)))
        << z;
    EXPECT_NEAR(log_expected_improvement({.mean = 7 - 0.1 * z, .deviation = 0.1}, 7),
                expected + std::log(0.1), 1e-9 * (1 + std::abs(expected)))
        << z;
  }
}

TEST(LogExpectedImprovement, GoesLikeItsAsymptoteFarOff) {
  for (const double z : {-1e4, -1e6}) {
    const double expected = -z * z / 2 - std::log(2 * std::numbers::pi) / 2 - 2 * std::log(-z);
    EXPECT_NEAR(log_expected_improvement({.mean = -z, .deviation = 1}, 0) / expected, 1, 1e-12);
  }
}

TEST(Normalised, HasMeanZeroVarianceOneAndTheSameOrder) {
  Random random(2);
  Vector values;
  for (int i = 0; i < 60; ++i) values.push_back(std::exp(random.normal(0, 1.5)) * 1e8);
  const Vector moved = normalised(values);
  double sum = 0;
  double squares = 0;
  double most = 0;
  for (std::size_t i = 0; i < 60; ++i) {
    sum += moved[i];
    squares += moved[i] * moved[i];
    most = std::max(most, moved[i]);
    for (std::size_t j = 0; j < 60; ++j)
      EXPECT_TRUE(values[i] >= values[j] || moved[i] <= moved[j]);
  }
  EXPECT_NEAR(sum, 0, 1e-9);
  EXPECT_NEAR(squares, 60, 1e-9);
  EXPECT_LT(most, 3.5) << "the long tail is drawn in";
}

TEST(Normalised, LeavesNormalValuesAsTheyAre) {
  Random random(3);
  Vector values;
  for (int i = 0; i < 300; ++i) values.push_back(random.normal(0, 1));
  const Vector moved = normalised(values);
  for (std::size_t i = 0; i < 300; ++i) EXPECT_NEAR(moved[i], values[i], 0.35);
}

TEST(Normalised, FarOutliersTellNothing) {
  const Vector values{1, 2, 3, 4, 5, 6, 7, 8, 1e3};
  Vector farther = values;
  farther.back() = 1e12;
  EXPECT_EQ(normalised(farther), normalised(values));
  EXPECT_LT(normalised(values)[0] + 0.2, normalised(values)[1]);
}

TEST(Normalised, ConstantsAreZeroAndHugeValuesFinite) {
  EXPECT_EQ(normalised({3, 3, 3}), (Vector{0, 0, 0}));
  EXPECT_EQ(normalised({0, 0}), (Vector{0, 0}));
  for (const double value : normalised({1, 2, 3, 1e300, -1e300})) EXPECT_TRUE(std::isfinite(value));
}

}  // namespace
}  // namespace ocrtune
