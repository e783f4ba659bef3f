#include "ocrtune/search/samplers/cma_strategy.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>

namespace ocrtune {
namespace {

using Function = std::function<double(const std::vector<double>&)>;

constexpr std::size_t kGeneration = 8;

CmaStrategy strategy_of(std::size_t size, const CmaCells& cells = {}) {
  return {std::vector<double>(size, 0.3), 0.2, std::vector<CmaCells>(size, cells), kGeneration};
}

std::vector<double> all_folded(std::vector<double> point) {
  for (double& coordinate : point) coordinate = folded(coordinate);
  return point;
}

/// Draws a generation, ranks it and hands it back. The least value.
double one_generation(CmaStrategy& strategy, const Function& value, Random& random,
                      const std::vector<bool>& active) {
  std::vector<std::vector<double>> points;
  for (std::size_t i = 0; i < kGeneration; ++i) points.push_back(strategy.draw(random));
  const auto seen = [&](const std::vector<double>& point) { return value(all_folded(point)); };
  std::ranges::sort(points, {}, seen);
  const std::vector<double> weights = cma_weights(kGeneration);
  std::vector<CmaPoint> generation;
  for (std::size_t i = 0; i < kGeneration; ++i)
    generation.push_back({points[i], active, weights[i]});
  strategy.update(generation);
  return seen(points[0]);
}

double min_after(std::size_t size, int generations, const Function& value) {
  CmaStrategy strategy = strategy_of(size);
  Random random(5);
  double least = 1e300;
  for (int i = 0; i < generations; ++i) {
    least = std::min(least, one_generation(strategy, value, random, std::vector<bool>(size, true)));
  }
  return least;
}

TEST(CmaWeights, FallAndTurnNegativeInTheMiddle) {
  const std::vector<double> weights = cma_weights(7);
  EXPECT_TRUE(std::ranges::is_sorted(weights, std::ranges::greater{}));
  EXPECT_GT(weights[2], 0);
  EXPECT_NEAR(weights[3], 0, 1e-12);
  EXPECT_LT(weights[4], 0);
}

TEST(CmaStrategy, FindsTheBottomOfAnIllShapedBowl) {
  // Axes a thousand times as steep as others, and turned.
  const double found = min_after(5, 600, [](const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t i = 0; i < x.size(); ++i) {
      const double turned = x[i] - 0.6 + 0.5 * (x[(i + 1) % x.size()] - 0.6);
      sum += std::pow(1e6, static_cast<double>(i) / 4) * turned * turned;
    }
    return sum;
  });
  EXPECT_LT(found, 1e-9);
}

TEST(CmaStrategy, FindsTheEndOfABentValley) {
  const double found = min_after(4, 400, [](const std::vector<double>& x) {
    double sum = 0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      const double a = 4 * x[i] - 2;
      const double b = 4 * x[i + 1] - 2;
      sum += 100 * (b - a * a) * (b - a * a) + (1 - a) * (1 - a);
    }
    return sum;
  });
  EXPECT_LT(found, 1e-6);
}

TEST(CmaStrategy, FindsACorner) {
  const double found =
      min_after(3, 100, [](const std::vector<double>& x) { return x[0] + x[1] + (1 - x[2]); });
  EXPECT_LT(found, 1e-3);
}

TEST(CmaStrategy, CoordinatesAreSeenBetweenMirrors) {
  EXPECT_NEAR(folded(0.3), 0.3, 1e-12);
  EXPECT_NEAR(folded(-0.3), 0.3, 1e-12);
  EXPECT_NEAR(folded(1.2), 0.8, 1e-12);
  EXPECT_NEAR(folded(2.1), 0.1, 1e-12);
  EXPECT_NEAR(folded(-1.4), 0.6, 1e-12);
  EXPECT_LT(folded(1), 1);
}

RC_GTEST_PROP(CmaStrategy, UnfoldedCoordinatesStandForTheirPlace, ()) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const std::vector<double> mean{random.uniform(-3, 3)};
  const CmaStrategy strategy(mean, 0.1, std::vector<CmaCells>(1), 6);
  const double unit = random.uniform();
  const double coordinate = strategy.unfolded(std::vector{unit})[0];
  RC_ASSERT(std::abs(folded(coordinate) - unit) < 1e-9);
  RC_ASSERT(std::abs(coordinate - mean[0]) <= 1);
}

TEST(CmaStrategy, ACellIsNeverSealed) {
  // The other coordinate decides everything, so that without a margin the first one's deviation
  // would shrink away with the step size.
  for (const double mean : {0.05, 0.5, 0.95}) {
    const CmaCells tenths = [](double unit) {
      return CmaCell{std::floor(unit * 10) / 10, (std::floor(unit * 10) + 1) / 10};
    };
    CmaStrategy strategy(std::vector{mean, 0.4}, 0.2, std::vector<CmaCells>{tenths, {}},
                         kGeneration);
    Random random(7);
    const Function bowl = [](const std::vector<double>& x) { return std::abs(x[1] - 0.7); };
    for (int i = 0; i < 150; ++i) one_generation(strategy, bowl, random, {true, true});
    std::vector<int> cells(10, 0);
    double apart = 0;
    for (int i = 0; i < 4000; ++i) {
      const std::vector<double> x = strategy.draw(random);
      ++cells[static_cast<std::size_t>(folded(x[0]) * 10)];
      apart = std::max(apart, std::abs(folded(x[1]) - 0.7));
    }
    EXPECT_LT(apart, 1e-4);
    // At least one in 2 · 8 is meant to leave.
    EXPECT_LT(std::ranges::max(cells), 4000 - 4000 / 16 / 2) << mean;
  }
}

TEST(CmaStrategy, InactiveCoordinatesStayWhereTheyAre) {
  CmaStrategy strategy = strategy_of(2);
  Random random(3);
  const Function bowl = [](const std::vector<double>& x) { return std::abs(x[1] - 0.7); };
  for (int i = 0; i < 40; ++i) one_generation(strategy, bowl, random, {false, true});
  std::vector<double> drawn;
  for (int i = 0; i < 500; ++i) drawn.push_back(strategy.draw(random)[0]);
  EXPECT_NEAR(std::accumulate(drawn.begin(), drawn.end(), 0.0) / 500, 0.3, 0.01);
}

TEST(CmaStrategy, ConvergesInWhatIsActive) {
  CmaStrategy strategy = strategy_of(2);
  Random random(3);
  const Function bowl = [](const std::vector<double>& x) { return std::abs(x[1] - 0.7); };
  EXPECT_FALSE(strategy.has_converged({true, true}));
  for (int i = 0; i < 200; ++i) one_generation(strategy, bowl, random, {false, true});
  EXPECT_TRUE(strategy.has_converged({false, true}));
  EXPECT_FALSE(strategy_of(2).has_converged({false, false}));
}

TEST(CmaStrategy, PointsFromElsewhereAreTakenInWithShortSteps) {
  CmaStrategy strategy(std::vector{0.2, 0.2}, 0.01, std::vector<CmaCells>(2), kGeneration);
  Random random(3);
  const std::vector<double> weights = cma_weights(kGeneration);
  std::vector<CmaPoint> generation{{{0.9, 0.9}, {true, true}, weights[0]}};
  for (std::size_t i = 1; i < kGeneration; ++i)
    generation.push_back({strategy.draw(random), {true, true}, weights[i]});
  strategy.update(generation);
  for (int i = 0; i < 100; ++i) {
    const std::vector<double> x = strategy.draw(random);
    EXPECT_GT(x[0] + x[1], 0.3);
    EXPECT_LT(x[0] + x[1], 0.7);
  }
}

}  // namespace
}  // namespace ocrtune
