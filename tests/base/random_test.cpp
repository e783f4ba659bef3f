#include "ocrtune/base/random.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <vector>

namespace ocrtune {
namespace {

TEST(Random, IsTheSameOnEveryMachine) {
  EXPECT_EQ(mix64(0), 0xe220a8397b1dcdafU);  // SplitMix64's published first output
  Random random(1);
  EXPECT_EQ(random.bits(), 0xc5883e370b0926c3U);
  EXPECT_EQ(random.bits(), 0x021b74b80f71f81cU);
  EXPECT_EQ(Random(2).integer(0, 999), 923);
  EXPECT_DOUBLE_EQ(Random(3).uniform(), 0.10464878315042825);
  EXPECT_NEAR(Random(4).normal(10, 2), 11.131560435139171, 1e-12);
}

TEST(Random, StaysInRange) {
  Random random(7);
  std::array<int, 6> counts{};
  for (int i = 0; i < 60'000; ++i) {
    const double unit = random.uniform();
    ASSERT_TRUE(unit >= 0 && unit < 1);
    const double real = random.uniform(-3, 5);
    ASSERT_TRUE(real >= -3 && real < 5);
    const int die = random.integer(1, 6);
    ASSERT_TRUE(die >= 1 && die <= 6);
    ++counts.at(static_cast<std::size_t>(die) - 1);
  }
  for (const int count : counts) EXPECT_NEAR(count, 10'000, 400);
  EXPECT_EQ(random.integer(5, 5), 5);
  EXPECT_EQ(random.integer(-7, -7), -7);
  constexpr int kMin = std::numeric_limits<int>::min();
  constexpr int kMax = std::numeric_limits<int>::max();
  std::array<bool, 2> seen{};
  for (int i = 0; i < 100; ++i) seen.at(random.integer(kMin, kMax) < 0 ? 0 : 1) = true;
  EXPECT_TRUE(seen[0] && seen[1]);
}

TEST(Random, NormalHasItsMeanAndDeviation) {
  Random random(11);
  std::vector<double> values(50'000);
  std::ranges::generate(values, [&] { return random.normal(3, 2); });
  const double n = static_cast<double>(values.size());
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  EXPECT_NEAR(mean, 3, 0.05);
  EXPECT_NEAR(std::sqrt(squares / n), 2, 0.05);
}

TEST(Random, ChanceHappensAsOftenAsSaid) {
  Random random(13);
  int happened = 0;
  for (int i = 0; i < 10'000; ++i) happened += random.chance(0.25) ? 1 : 0;
  EXPECT_NEAR(happened, 2500, 200);
  EXPECT_FALSE(random.chance(0));
  EXPECT_TRUE(random.chance(1));
}

}  // namespace
}  // namespace ocrtune
