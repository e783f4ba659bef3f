#include "ocrtune/analysis/sobol_indices.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numbers>

#include "ocrtune/base/random.h"
#include "ocrtune/search/samplers/sobol.h"

namespace ocrtune {
namespace {

template <class Function>
SobolIndices indices_of(const Function& function, const std::vector<int>& levels, int exponent,
                        std::uint64_t seed) {
  const std::size_t points = std::size_t{1} << static_cast<unsigned>(exponent);
  const std::vector<double> design = sobol_points(levels.size(), points, seed);
  std::vector<double> results;
  for (std::size_t p = 0; p < points; ++p)
    results.push_back(function(std::span(design).subspan(p * levels.size(), levels.size())));
  return sobol_indices(design, levels, results, seed);
}

/// Ishigami & Homma (1990), with a = 7 and b = 0.1.
double ishigami(std::span<const double> unit) {
  const auto x = [&](std::size_t i) { return std::numbers::pi * (2 * unit[i] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) +
         0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

TEST(SobolIndices, OfIshigamisFunction) {
  constexpr double kPi4 = 97.409091034;
  constexpr double kPi8 = kPi4 * kPi4;
  const double alone1 = 0.5 * std::pow(1 + 0.1 * kPi4 / 5, 2);
  const double alone2 = 49.0 / 8;
  const double both13 = 0.01 * kPi8 * (1.0 / 18 - 1.0 / 50);
  const double whole = alone1 + alone2 + both13;
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const SobolIndices found = indices_of(ishigami, {0, 0, 0}, 10, seed);
    ASSERT_EQ(found.variables.size(), 3U);
    EXPECT_NEAR(found.variables[0].first.mean, alone1 / whole, 0.03 * alone1 / whole);
    EXPECT_NEAR(found.variables[1].first.mean, alone2 / whole, 0.03 * alone2 / whole);
    EXPECT_NEAR(found.variables[2].first.mean, 0, 0.01);
    EXPECT_NEAR(found.variables[0].total.mean, (alone1 + both13) / whole, 0.03 * 0.56);
    EXPECT_NEAR(found.variables[1].total.mean, alone2 / whole, 0.03 * alone2 / whole);
    EXPECT_NEAR(found.variables[2].total.mean, both13 / whole, 0.03 * both13 / whole);
    EXPECT_GT(found.explained, 0.99);
  }
}

/// Sobol's g-function (Saltelli & Sobol 1995).
TEST(SobolIndices, OfTheGFunction) {
  const std::vector<double> a{0, 1, 4.5, 9, 99, 99, 99, 99};
  const auto g = [&](std::span<const double> unit) {
    double value = 1;
    for (std::size_t i = 0; i < a.size(); ++i)
      value *= (std::abs(4 * unit[i] - 2) + a[i]) / (1 + a[i]);
    return value;
  };
  double whole = 1;
  for (const double one : a) whole *= 1 + 1 / (3 * (1 + one) * (1 + one));
  const SobolIndices found = indices_of(g, std::vector<int>(a.size(), 0), 10, 1);
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double alone = 1 / (3 * (1 + a[i]) * (1 + a[i]));
    const double first = alone / (whole - 1);
    const double total = alone * whole / (1 + alone) / (whole - 1);
    EXPECT_NEAR(found.variables[i].first.mean, first, std::max(0.03 * first, 0.003)) << i;
    EXPECT_NEAR(found.variables[i].total.mean, total, std::max(0.03 * total, 0.003)) << i;
  }
}

TEST(SobolIndices, SwitchesAndFewValuesAreWhatTheyAre) {
  // A switch with two values, five values, and a continuous one that counts only when switched on.
  const auto function = [](std::span<const double> unit) {
    const double on = unit[0] < 0.5 ? 0 : 1;
    return on * unit[2] + 0.1 * std::floor(unit[1] * 5);
  };
  const SobolIndices found = indices_of(function, {2, 5, 0}, 9, 4);
  // Variances: of on · x: E[x²]/2 − 1/16; of it by on alone 1/16, by x alone 1/48.
  const double product = 1.0 / 6 - 1.0 / 16;
  const double whole = product + 0.01 * 2;
  EXPECT_NEAR(found.variables[0].first.mean, 1.0 / 16 / whole, 0.01);
  EXPECT_NEAR(found.variables[1].first.mean, 0.02 / whole, 0.01);
  EXPECT_NEAR(found.variables[1].total.mean, 0.02 / whole, 0.01);
  EXPECT_NEAR(found.variables[2].first.mean, 1.0 / 48 / whole, 0.01);
  EXPECT_NEAR(found.variables[2].total.mean, (product - 1.0 / 16) / whole, 0.01);
  EXPECT_GT(found.explained, 0.99);
}

TEST(SobolIndices, OfManyVariables) {
  const auto sum = [](std::span<const double> unit) { return unit[3] + 0.5 * unit[27] * unit[3]; };
  const SobolIndices found = indices_of(sum, std::vector<int>(40, 0), 8, 3);
  EXPECT_GT(found.explained, 0.95);
  EXPECT_GT(found.variables[3].total.mean, 0.9);
  EXPECT_GT(found.variables[27].total.mean, 0.03);
  EXPECT_LT(found.variables[5].total.mean, 0.01);
}

TEST(SobolIndices, NoiseIsNotExplained) {
  Random random(5);
  const auto noise = [&](std::span<const double> /*unit*/) { return random.normal(0, 1); };
  const SobolIndices found = indices_of(noise, {0, 0, 0, 2}, 7, 6);
  EXPECT_LT(found.explained, 0.15);
}

TEST(SobolIndices, IntervalsHoldTheTruthAndShrinkWithPoints) {
  Random random(7);
  const auto noisy = [&](std::span<const double> unit) {
    return unit[0] + 0.5 * unit[1] + random.normal(0, 0.1);
  };
  for (const int exponent : {6, 8}) {
    int held = 0;
    double width = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
      const Interval first = indices_of(noisy, {0, 0}, exponent, seed).variables[0].first;
      held += static_cast<int>(first.low <= 0.8 && 0.8 <= first.high);
      width += (first.high - first.low) / 40;
    }
    EXPECT_GE(held, 31) << "of 40, with 2^" << exponent << " points";
    EXPECT_NEAR(width, exponent == 6 ? 0.13 : 0.065, 0.02);
  }
}

RC_GTEST_PROP(SobolIndices, AreSharesWhateverTheResults, ()) {
  const int variables = *rc::gen::inRange(1, 5);
  const int exponent = *rc::gen::inRange(0, 6);
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  std::vector<int> levels;
  for (int v = 0; v < variables; ++v)
    levels.push_back(random.chance(0.5) ? 0 : random.integer(2, 6));
  const double scale = std::pow(10.0, random.integer(-6, 6));
  const bool constant = random.chance(0.2);
  const auto any = [&](std::span<const double> unit) {
    return constant ? scale : scale * (unit[0] + random.uniform());
  };
  const SobolIndices found = indices_of(any, levels, exponent, 9);
  RC_ASSERT(found.variables.size() == static_cast<std::size_t>(variables));
  RC_ASSERT(found.explained >= 0 && found.explained <= 1);
  double firsts = 0;
  for (const SobolIndex& index : found.variables) {
    RC_ASSERT(index.first.mean >= 0 && index.first.mean <= index.total.mean + 1e-12);
    RC_ASSERT(index.total.mean <= 1 + 1e-12);
    RC_ASSERT(index.total.low <= index.total.mean && index.total.mean <= index.total.high);
    firsts += index.first.mean;
  }
  RC_ASSERT(firsts <= 1 + 1e-9);
}

}  // namespace
}  // namespace ocrtune
