#include "ocrtune/metrics/statistics.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "ocrtune/base/random.h"

namespace ocrtune {
namespace {

TEST(Statistics, MeanOfNothingIsZero) {
  EXPECT_EQ(mean_of({}), 0);
  EXPECT_EQ(mean_of(std::vector<double>{1, 2, 6}), 3);
}

TEST(Statistics, QuantilesAreInterpolated) {
  const std::vector<double> numbers{1, 2, 4, 8};
  EXPECT_EQ(quantile({}, 0.5), 0);
  EXPECT_EQ(quantile(std::vector<double>{7}, 0.95), 7);
  EXPECT_EQ(quantile(numbers, 0), 1);
  EXPECT_EQ(quantile(numbers, 0.5), 3);
  EXPECT_EQ(quantile(numbers, 0.75), 5);
  EXPECT_NEAR(quantile(numbers, 0.95), 7.4, 1e-12);
  EXPECT_EQ(quantile(numbers, 1), 8);
}

TEST(PairedBootstrap, OfNothingOrOneOrEqualDifferences) {
  const Interval none = paired_bootstrap({}, 1);
  EXPECT_EQ(none.mean, 0);
  EXPECT_EQ(none.low, 0);
  EXPECT_EQ(none.high, 0);
  for (const std::size_t count : {1U, 2U, 7U}) {
    const Interval same = paired_bootstrap(std::vector<double>(count, 2.5), 1);
    EXPECT_EQ(same.mean, 2.5);
    EXPECT_EQ(same.low, 2.5);
    EXPECT_EQ(same.high, 2.5);
  }
}

RC_GTEST_PROP(PairedBootstrap, IsAroundTheMeanAndTheSameForASeed, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  std::vector<double> differences(static_cast<std::size_t>(random.integer(2, 40)));
  for (double& difference : differences) difference = random.normal(1, 3);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Interval interval = paired_bootstrap(differences, seed);
  const Interval again = paired_bootstrap(differences, seed);
  RC_ASSERT(interval.low == again.low && interval.high == again.high);
  RC_ASSERT(interval.mean == mean_of(differences));
  RC_ASSERT(interval.low <= interval.mean && interval.mean <= interval.high);
  const auto [least, most] = std::ranges::minmax(differences);
  RC_ASSERT(interval.low >= least - 1e-9 && interval.high <= most + 1e-9);
  // The sign turns the interval around, up to the resampling's own noise.
  std::vector<double> negated;
  for (const double difference : differences) negated.push_back(-difference);
  const Interval turned = paired_bootstrap(negated, seed);
  const double width = interval.high - interval.low;
  RC_ASSERT(std::abs(turned.low + interval.high) <= 0.05 * width + 1e-9);
}

TEST(PairedBootstrap, IsNinetyFivePercentWide) {
  Random random(3);
  std::vector<double> differences(400);
  for (double& difference : differences) difference = random.normal(0, 2);
  const Interval interval = paired_bootstrap(differences, 9);
  EXPECT_NEAR(interval.high - interval.low, 2 * 1.96 * 2 / 20.0, 0.04);
}

}  // namespace
}  // namespace ocrtune
