#include "ocrtune/metrics/statistics.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <span>
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

// A number behind the last one would make any interpolation NaN, even with the weight 0.
TEST(Statistics, QuantilesReadNothingBehindTheNumbers) {
  const std::vector<double> numbers{1, 2, std::nan("")};
  EXPECT_EQ(quantile(std::span(numbers).first(2), 1), 2);
  EXPECT_EQ(quantile(std::span(numbers).first(1), 1), 1);
}

TEST(Pearson, IsThatOfTheValues) {
  const std::vector<double> numbers{3, 1, 4, 1.5, 9};
  EXPECT_DOUBLE_EQ(*pearson(numbers, numbers), 1);
  EXPECT_DOUBLE_EQ(*pearson(numbers, std::vector<double>{-6, -2, -8, -3, -18}), -1);
  // Deviations -1, 0, 1 and -7/3, -4/3, 11/3.
  EXPECT_DOUBLE_EQ(*pearson(std::vector<double>{1, 2, 3}, std::vector<double>{1, 2, 7}),
                   6 / std::sqrt(2 * 186.0 / 9));
  EXPECT_EQ(pearson(std::vector<double>{1, 1}, std::vector<double>{1, 2}), std::nullopt);
  const std::vector<double> tenths(10, 0.1);
  const std::vector<double> rising{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  EXPECT_EQ(pearson(tenths, std::vector<double>(10, 0.7)), std::nullopt);
  EXPECT_EQ(pearson(rising, tenths), std::nullopt);
  EXPECT_EQ(pearson({}, {}), std::nullopt);
}

TEST(Spearman, IsThatOfTheRanks) {
  const std::vector<double> numbers{3, 1, 4, 1.5, 9};
  EXPECT_EQ(spearman(numbers, numbers), 1);
  EXPECT_EQ(spearman(numbers, std::vector<double>{-3, -1, -4, -1.5, -9}), -1);
  // 1 - 6 * (1 + 1) / (3 * 8)
  EXPECT_DOUBLE_EQ(*spearman(std::vector<double>{1, 2, 3}, std::vector<double>{20, 10, 30}), 0.5);
  // Ranks 1.5, 1.5, 3 and 1, 2, 3.
  EXPECT_DOUBLE_EQ(*spearman(std::vector<double>{1, 1, 3}, std::vector<double>{1, 2, 3}),
                   1.5 / std::sqrt(3));
  EXPECT_EQ(spearman(std::vector<double>{1, 1}, std::vector<double>{1, 2}), std::nullopt);
  EXPECT_EQ(spearman({}, {}), std::nullopt);
}

RC_GTEST_PROP(Spearman, OnlyTheOrderCounts, (const std::vector<std::pair<int, int>>& pairs)) {
  std::vector<double> a;
  std::vector<double> b;
  std::vector<double> cubes;
  for (const auto& [first, second] : pairs) {
    a.push_back(first);
    b.push_back(second);
    cubes.push_back(std::pow(first, 3));
  }
  const std::optional<double> correlation = spearman(a, b);
  RC_ASSERT(spearman(cubes, b) == correlation);
  RC_ASSERT(spearman(b, a).has_value() == correlation.has_value());
  if (correlation) RC_ASSERT(std::abs(*correlation) <= 1 + 1e-12);
}

TEST(PairedBootstrap, OfNothingOrOneOrEqualDifferences) {
  const Interval none = paired_bootstrap({}, {}, 1);
  EXPECT_EQ(none.mean, 0);
  EXPECT_EQ(none.low, 0);
  EXPECT_EQ(none.high, 0);
  for (const std::size_t count : {1U, 2U, 7U}) {
    const Interval same = paired_bootstrap(std::vector<double>(count, 2.5), {}, 1);
    EXPECT_EQ(same.mean, 2.5);
    EXPECT_EQ(same.low, 2.5);
    EXPECT_EQ(same.high, 2.5);
  }
}

RC_GTEST_PROP(PairedBootstrap, IsAroundTheMeanAndTheSameForASeed, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  std::vector<double> differences(static_cast<std::size_t>(random.integer(2, 40)));
  for (double& difference : differences) difference = random.normal(1, 3);
  std::vector<double> others(static_cast<std::size_t>(random.integer(0, 40)));
  for (double& other : others) other = random.normal(5, 3);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Interval interval = paired_bootstrap(differences, others, seed);
  const Interval again = paired_bootstrap(differences, others, seed);
  RC_ASSERT(interval.low == again.low && interval.high == again.high);
  RC_ASSERT(interval.mean == mean_of(differences));
  RC_ASSERT(interval.low <= interval.mean && interval.mean <= interval.high);
  // What others gain on the mean says nothing of what these gain.
  std::vector<double> raised = others;
  for (double& other : raised) other += 1000;
  const Interval same = paired_bootstrap(differences, raised, seed);
  RC_ASSERT(same.mean == interval.mean && std::abs(same.low - interval.low) < 1e-6);
  // The sign turns the interval around, up to the resampling's own noise.
  std::vector<double> negated;
  for (const double difference : differences) negated.push_back(-difference);
  for (double& other : others) other = -other;
  const Interval turned = paired_bootstrap(negated, others, seed);
  const double width = interval.high - interval.low;
  RC_ASSERT(std::abs(turned.low + interval.high) <= 0.05 * width + 1e-9);
}

TEST(PairedBootstrap, IsNinetyFivePercentWide) {
  Random random(3);
  std::vector<double> differences(400);
  for (double& difference : differences) difference = random.normal(0, 2);
  const Interval interval = paired_bootstrap(differences, {}, 9);
  EXPECT_NEAR(interval.high - interval.low, 2 * 1.96 * 2 / 20.0, 0.04);
}

/// Of pages some gain nothing, most a little, and a few very much.
double skewed_gain(Random& random) {
  const double kind = random.uniform();
  if (kind < 0.3) return random.normal(-5, 10);
  return kind < 0.8 ? random.normal(30, 20) : random.normal(200, 80);
}
constexpr double kMeanSkewedGain = 0.3 * -5 + 0.5 * 30 + 0.2 * 200;

TEST(PairedBootstrap, OfAHandfulOfSkewedPagesHoldsTheMeanWithThoseTheChoiceWasMadeOn) {
  Random random(5);
  constexpr int kStudies = 400;
  int held = 0;
  int held_alone = 0;
  for (int study = 0; study < kStudies; ++study) {
    std::vector<double> differences(5);
    for (double& difference : differences) difference = skewed_gain(random);
    std::vector<double> others(10);
    // Chosen on them, they gain more on the mean than others will.
    for (double& other : others) other = skewed_gain(random) + 40;
    const auto holds = [](const Interval& interval) {
      return interval.low <= kMeanSkewedGain && kMeanSkewedGain <= interval.high;
    };
    held += holds(paired_bootstrap(differences, others, 1)) ? 1 : 0;
    held_alone += holds(paired_bootstrap(differences, {}, 1)) ? 1 : 0;
  }
  EXPECT_GT(held, kStudies * 88 / 100);
  EXPECT_GT(held, held_alone + kStudies * 4 / 100);
}

/// A wrong share of 1 to 8 in 100, or far more on a page of ten.
double skewed_wrong(Random& random) {
  return random.chance(0.1) ? random.uniform(10, 50) : random.uniform(1, 8);
}
constexpr double kMeanSkewedWrong = 0.1 * 30 + 0.9 * 4.5;

/// Three pages in ten gain nothing, most a little, and one in ten much.
double gain_with_zeros(Random& random) {
  const double kind = random.uniform();
  if (kind < 0.3) return 0;
  return kind < 0.9 ? random.uniform(-2, 4) : random.uniform(5, 25);
}
constexpr double kMeanGainWithZeros = 0.6 * 1 + 0.1 * 15;

TEST(PairedBootstrap, HoldsNinetyThreeToNinetySevenTimesOfHundredWhatAVerdictStates) {
  constexpr int kStudies = 600;
  constexpr std::size_t kPages = 13;
  Random random(7);
  const auto drawn = [&](auto value, std::size_t count) {
    std::vector<double> values(count);
    for (double& each : values) each = value(random);
    return values;
  };
  const auto held = [&](auto value, double mean) {
    int times = 0;
    for (int study = 0; study < kStudies; ++study) {
      const std::vector<double> pages = drawn(value, kPages);
      const Interval interval = paired_bootstrap(pages, drawn(value, 3 * kPages), 1);
      times += interval.low <= mean && mean <= interval.high ? 1 : 0;
    }
    return times;
  };
  const int of_wrong = held(skewed_wrong, kMeanSkewedWrong);
  const int of_gain = held(gain_with_zeros, kMeanGainWithZeros);
  EXPECT_GE(of_wrong, kStudies * 93 / 100);
  EXPECT_LE(of_wrong, kStudies * 97 / 100);
  EXPECT_GE(of_gain, kStudies * 93 / 100);
  EXPECT_LE(of_gain, kStudies * 97 / 100);
}

TEST(Clipped, EndsWithinTheLimits) {
  const Interval clipped_one = clipped({.mean = 2, .low = -3, .high = 7}, 0, 100);
  EXPECT_EQ(clipped_one.mean, 2);
  EXPECT_EQ(clipped_one.low, 0);
  EXPECT_EQ(clipped_one.high, 7);
  const Interval high = clipped({.mean = 97, .low = 90, .high = 104}, 0, 100);
  EXPECT_EQ(high.low, 90);
  EXPECT_EQ(high.high, 100);
}

TEST(IsAboveZero, OnlyIfTheSpreadIsKnown) {
  EXPECT_TRUE(is_above_zero({.mean = 2, .low = 1, .high = 3}));
  EXPECT_FALSE(is_above_zero({.mean = 2, .low = 0, .high = 4}));
  EXPECT_FALSE(is_above_zero({.mean = 2, .low = -1, .high = 5}));
  // Of pages that all gain the same, or of one page, there is no spread.
  EXPECT_FALSE(is_above_zero(paired_bootstrap(std::vector<double>(3, 2.5), {}, 1)));
  EXPECT_FALSE(is_above_zero(paired_bootstrap(std::vector<double>(7, 0.1), {}, 1)));
  EXPECT_FALSE(is_above_zero(paired_bootstrap(std::vector<double>(1, 2.5), {}, 1)));
  EXPECT_FALSE(
      is_above_zero(paired_bootstrap(std::vector<double>(3, 0), std::vector<double>(9, 0), 1)));
}

TEST(SampleSize, MakesTheIntervalAsNarrowAsWanted) {
  Random random(9);
  const auto interval_of = [&](std::size_t count) {
    std::vector<double> differences(count);
    for (double& difference : differences) difference = random.normal(3, 20);
    return paired_bootstrap(differences, {}, 1);
  };
  const Interval first = interval_of(40);
  const std::size_t needed = sample_size(first, 40, 2);
  EXPECT_GT(needed, 200U);
  const Interval wanted = interval_of(needed);
  EXPECT_NEAR((wanted.high - wanted.low) / 2, 2, 0.5);
  EXPECT_EQ(sample_size(first, 40, (first.high - first.low) / 2), 40U);
  EXPECT_EQ(sample_size(first, 40, 1e6), 2U);
  EXPECT_EQ(sample_size({.mean = 1, .low = 1, .high = 1}, 40, 1), 2U);
}

}  // namespace
}  // namespace ocrtune
