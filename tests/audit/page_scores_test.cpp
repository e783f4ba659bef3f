#include "ocrtune/audit/page_scores.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "ocrtune/base/random.h"

namespace ocrtune {
namespace {

double mean_of_values(const std::vector<double>& values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double rounded(double value) { return std::round(value * 100) / 100; }

/// Few means can't be reached to the last bit.
TEST(PageScores, HaveTheMeanOfTheResults) {
  Random random(3);
  int missed = 0;
  for (int round = 0; round < 2000; ++round) {
    const auto count = static_cast<std::size_t>(random.uniform(1, 40));
    std::vector<double> exact;
    std::vector<double> logged;
    for (std::size_t i = 0; i < count; ++i) {
      exact.push_back(random.uniform(0, round % 2 == 0 ? 100 : 20'000));
      logged.push_back(rounded(exact.back()));
    }
    const double mean = mean_of_values(exact);
    const std::vector<double> found = with_mean(logged, mean);
    EXPECT_NEAR(mean_of_values(found), mean, 1e-15 * mean) << round;
    if (mean_of_values(found) != mean) ++missed;
    for (std::size_t i = 0; i < count; ++i) EXPECT_NEAR(found[i], logged[i], 0.0051) << round;
  }
  EXPECT_LE(missed, 20);
}

/// In time that grows with their number, also for a mean that no values have.
TEST(PageScores, OfManyPagesHaveTheMeanAsNearlyAsCanBe) {
  constexpr std::size_t kMany = 100'000;
  double mean = 50;
  int missed = 0;
  for (int round = 0; round < 12; ++round) {
    mean = std::nextafter(mean, 100);
    const std::vector<double> found = with_mean(std::vector<double>(kMany, 50), mean);
    EXPECT_NEAR(mean_of_values(found), mean, 1e-13) << round;
    if (mean_of_values(found) != mean) ++missed;
    EXPECT_NEAR(*std::ranges::max_element(found), 50, 1e-6);
  }
  EXPECT_GT(missed, 0);
}

TEST(PageScores, SpreadFromTheLeastToTheGreatest) {
  Random random(4);
  for (int round = 0; round < 2000; ++round) {
    const auto count = static_cast<std::size_t>(random.uniform(1, 12));
    std::vector<double> exact;
    for (std::size_t i = 0; i < count; ++i) exact.push_back(random.uniform(0, 100));
    const double mean = mean_of_values(exact);
    const double least = rounded(*std::ranges::min_element(exact));
    const double greatest = rounded(*std::ranges::max_element(exact));
    const std::vector<double> found = spread_scores(mean, least, greatest, count);
    ASSERT_EQ(found.size(), count);
    EXPECT_EQ(mean_of_values(found), mean);
    EXPECT_NEAR(*std::ranges::min_element(found), least, 0.00501) << count;
    EXPECT_NEAR(*std::ranges::max_element(found), greatest, 0.00501) << count;
  }
  EXPECT_EQ(spread_scores(40, {}, {}, 3), (std::vector<double>{40, 40, 40}));
}

TEST(PageScores, TheBaselineGivesEveryDifference) {
  Random random(5);
  for (int round = 0; round < 200; ++round) {
    const double baseline = random.uniform(0, 100);
    std::vector<std::pair<double, double>> pairs;
    for (int i = 0; i < 30; ++i) {
      const double confidence = random.uniform(0, 100);
      pairs.emplace_back(confidence, confidence - baseline);
    }
    const double found = baseline_of(pairs);
    for (const auto& [confidence, delta] : pairs) EXPECT_EQ(confidence - found, delta) << round;
  }
  EXPECT_EQ(baseline_of({{50.5, 0.25}, {40.5, -9.75}}), 50.25);
}

}  // namespace
}  // namespace ocrtune
