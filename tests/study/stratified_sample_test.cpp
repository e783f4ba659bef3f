#include "ocrtune/study/stratified_sample.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <opencv2/core.hpp>
#include <random>
#include <set>
#include <string>

namespace ocrtune {
namespace {

/// Units of kinds that lie apart; the kind is the last feature's whole part.
std::vector<SampleUnit> units_of(const std::vector<int>& counts) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> spread(0, 0.05);
  std::vector<SampleUnit> units;
  for (std::size_t kind = 0; kind < counts.size(); ++kind) {
    for (int i = 0; i < counts[kind]; ++i) {
      const auto level = static_cast<double>(kind);
      units.push_back({content_hash(std::to_string(units.size())),
                       {level + spread(random), -level + spread(random), 1.0, level}});
    }
  }
  return units;
}

std::map<int, int> kinds_in(const std::vector<SampleUnit>& units,
                            const std::vector<std::size_t>& sample) {
  std::map<int, int> kinds;
  for (const std::size_t unit : sample) ++kinds[static_cast<int>(units[unit].features.back())];
  return kinds;
}

TEST(StratifiedSample, HasEveryKindInItsProportion) {
  const std::vector<SampleUnit> units = units_of({200, 60, 30, 10});
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const std::vector<std::size_t> sample = stratified_sample(units, 60, seed);
    ASSERT_EQ(std::set<std::size_t>(sample.begin(), sample.end()).size(), 60U);
    EXPECT_TRUE(std::ranges::is_sorted(sample));
    std::map<int, int> kinds = kinds_in(units, sample);
    EXPECT_NEAR(kinds[0], 40, 2) << seed;
    EXPECT_NEAR(kinds[1], 12, 2) << seed;
    EXPECT_NEAR(kinds[2], 6, 2) << seed;
    EXPECT_NEAR(kinds[3], 2, 1) << seed;
  }
}

TEST(StratifiedSample, ChoosesEachUnitWithTheSameProbability) {
  const std::vector<SampleUnit> units = units_of({20, 9, 4, 1});
  constexpr int kSeeds = 2000;
  std::vector<int> chosen(units.size(), 0);
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    for (const std::size_t unit : stratified_sample(units, 10, seed)) ++chosen[unit];
  }
  const double share = 10.0 / static_cast<double>(units.size());
  const double deviation = std::sqrt(kSeeds * share * (1 - share));
  for (const int times : chosen) EXPECT_NEAR(times, kSeeds * share, 4.5 * deviation);
}

TEST(StratifiedSample, VariesLessThanARandomOne) {
  const std::vector<SampleUnit> units = units_of({150, 100, 50});
  const auto variance = [&](bool stratified) {
    std::mt19937_64 random(1);
    std::vector<double> means;
    for (std::uint64_t seed = 1; seed <= 100; ++seed) {
      std::vector<std::size_t> sample;
      if (stratified) {
        sample = stratified_sample(units, 20, seed);
      } else {
        for (std::size_t i = 0; i < units.size(); ++i) sample.push_back(i);
        std::ranges::shuffle(sample, random);
        sample.resize(20);
      }
      double sum = 0;
      for (const std::size_t unit : sample) sum += units[unit].features[0];
      means.push_back(sum / 20);
    }
    cv::Scalar mean;
    cv::Scalar deviation;
    cv::meanStdDev(means, mean, deviation);
    EXPECT_NEAR(mean[0], 2.0 / 3, 0.05);
    return deviation[0] * deviation[0];
  };
  EXPECT_LT(variance(true), variance(false) / 4);
}

TEST(StratifiedSample, DependsOnTheSeedButNotOnTheOrder) {
  std::vector<SampleUnit> units = units_of({40, 30, 20});
  const auto ids = [&](const std::vector<std::size_t>& sample) {
    std::set<std::string> found;
    for (const std::size_t unit : sample) found.insert(units[unit].id.text());
    return found;
  };
  const auto before = ids(stratified_sample(units, 25, 4));
  EXPECT_NE(ids(stratified_sample(units, 25, 5)), before);
  std::ranges::reverse(units);
  EXPECT_EQ(ids(stratified_sample(units, 25, 4)), before);
}

TEST(StratifiedSample, LeavesOpenCvsRandomNumbersAlone) {
  cv::theRNG().state = 77;
  stratified_sample(units_of({40, 30, 20}), 25, 4);
  EXPECT_EQ(cv::theRNG().state, 77U);
}

TEST(StratifiedSample, OfUnitsThatAreAllAlike) {
  std::vector<SampleUnit> units = units_of({50});
  for (SampleUnit& unit : units) unit.features = {1, 2};
  EXPECT_EQ(stratified_sample(units, 20, 1).size(), 20U);
  for (SampleUnit& unit : units) unit.id = units.front().id;
  EXPECT_EQ(stratified_sample(units, 20, 1).size(), 20U);
  EXPECT_EQ(stratified_sample(units, 1, 1).size(), 1U);
  EXPECT_EQ(stratified_sample(units, 50, 1).size(), 50U);
  EXPECT_EQ(stratified_sample(units, 99, 1).size(), 50U);
  EXPECT_TRUE(stratified_sample({}, 3, 1).empty());
  EXPECT_TRUE(stratified_sample(units, 0, 1).empty());
}

}  // namespace
}  // namespace ocrtune
