#include "ocrtune/kernels/filter/steady_power.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "ocrtune/base/random.h"

namespace ocrtune {
namespace {

TEST(SteadyPower, IsThePower) {
  Random random(1);
  for (int round = 0; round < 20'000; ++round) {
    const double base = random.uniform();
    const double exponent = round % 2 == 0 ? random.uniform() : random.uniform(0, 60);
    const double expected = std::pow(base, exponent);
    EXPECT_NEAR(steady_power(base, exponent), expected, 1e-13 * expected + 1e-300)
        << base << "^" << exponent;
  }
}

TEST(SteadyPower, IsExactWhereItCanBe) {
  for (const double base : {0.0, 0.25, 0.7, 1.0}) {
    EXPECT_EQ(steady_power(base, 0), 1);
    EXPECT_EQ(steady_power(base, 1), base);
    EXPECT_EQ(steady_power(base, 2), base * base);
    EXPECT_EQ(steady_power(base, 0.5), std::sqrt(base));
  }
  EXPECT_EQ(steady_power(0, 0.1), 0);
  EXPECT_EQ(steady_power(0.5, 1e30), 0);
  EXPECT_EQ(steady_power(1, 1e30), 1);
}

TEST(SteadyDecay, IsTheExponential) {
  for (double x = 0; x < 40; x += 0.037) {
    EXPECT_NEAR(steady_decay(x), std::exp(-x), 1e-13 * std::exp(-x)) << x;
  }
  EXPECT_EQ(steady_decay(0), 1);
  EXPECT_EQ(steady_decay(std::numeric_limits<double>::infinity()), 0);
}

}  // namespace
}  // namespace ocrtune
