#include "ocrtune/metrics/pareto.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

namespace ocrtune {
namespace {

/// Equally likely, unlike rapidcheck's, which are mostly the least.
int any_number(int least, int most) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1));
}

/// Points on a small grid, so that ties and repetitions are common.
std::vector<ObjectiveVector> any_points(std::size_t objectives, int most) {
  std::vector<ObjectiveVector> points(static_cast<std::size_t>(any_number(0, most)));
  for (ObjectiveVector& point : points) {
    for (std::size_t k = 0; k < objectives; ++k) point.push_back(any_number(0, 7));
  }
  return points;
}

std::size_t any_objectives(int most) { return static_cast<std::size_t>(any_number(1, most)); }

TEST(Pareto, DominatesIsNowhereLargerAndSomewhereSmaller) {
  using V = ObjectiveVector;
  EXPECT_TRUE(dominates(V{1, 2}, V{1, 3}));
  EXPECT_TRUE(dominates(V{0, 2}, V{1, 3}));
  EXPECT_FALSE(dominates(V{1, 2}, V{1, 2}));
  EXPECT_FALSE(dominates(V{0, 3}, V{1, 2}));
  EXPECT_FALSE(dominates(V{2}, V{1}));
}

/// The ranks by their definition: front after front is taken away.
std::vector<std::size_t> peeled_ranks(const std::vector<ObjectiveVector>& points) {
  std::vector<std::size_t> expected(points.size(), points.size());
  for (std::size_t rank = 0; rank < points.size(); ++rank) {
    std::vector<std::size_t> peeled = expected;
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (expected[i] < rank) continue;
      bool free = true;
      for (std::size_t j = 0; j < points.size(); ++j)
        free = free && (expected[j] < rank || !dominates(points[j], points[i]));
      if (free) peeled[i] = rank;
    }
    expected = peeled;
  }
  return expected;
}

RC_GTEST_PROP(Pareto, RanksArePeeledOffFrontByFront, ()) {
  const std::vector<ObjectiveVector> points = any_points(any_objectives(4), 60);
  RC_ASSERT(nondomination_ranks(points) == peeled_ranks(points));
}

RC_GTEST_PROP(Pareto, TheNondominatedHaveRank0, ()) {
  const std::vector<ObjectiveVector> points = any_points(any_objectives(4), 60);
  const std::vector<std::size_t> ranks = peeled_ranks(points);
  std::vector<std::size_t> expected;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (ranks[i] == 0) expected.push_back(i);
  }
  RC_ASSERT(nondominated(points) == expected);
}

/// Comparing each point with each other one would take minutes.
TEST(Pareto, ManyPointsAreRankedAtOnce) {
  constexpr std::size_t kCount = 300'000;
  std::vector<ObjectiveVector> rising;
  std::vector<ObjectiveVector> falling;
  std::vector<ObjectiveVector> one;
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto value = static_cast<double>(i);
    rising.push_back({value, value, value});
    falling.push_back({value, -value});
    one.push_back({kCount - value});
  }
  const std::vector<std::size_t> ranks = nondomination_ranks(rising);
  EXPECT_EQ(ranks.back(), kCount - 1);
  EXPECT_TRUE(std::ranges::is_sorted(ranks));
  EXPECT_EQ(nondomination_ranks(falling), std::vector<std::size_t>(kCount, 0));
  EXPECT_EQ(nondomination_ranks(one).front(), kCount - 1);
  EXPECT_EQ(nondominated(rising), std::vector<std::size_t>{0});
  EXPECT_EQ(nondominated(falling).size(), kCount);
  EXPECT_EQ(nondominated(one), std::vector<std::size_t>{kCount - 1});
}

TEST(Pareto, CrowdingIsTheGapBetweenNeighbours) {
  const std::vector<double> distances =
      crowding_distances(std::vector<ObjectiveVector>{{0, 10}, {4, 2}, {1, 6}, {10, 0}});
  const double infinite = std::numeric_limits<double>::infinity();
  EXPECT_EQ(distances[0], infinite);
  EXPECT_EQ(distances[3], infinite);
  EXPECT_DOUBLE_EQ(distances[1], 0.9 + 0.6);
  EXPECT_DOUBLE_EQ(distances[2], 0.4 + 0.8);
}

TEST(Pareto, CrowdingOfFrontsWithoutExtent) {
  EXPECT_TRUE(crowding_distances({}).empty());
  EXPECT_TRUE(std::isinf(crowding_distances(std::vector<ObjectiveVector>{{1, 2}})[0]));
  const std::vector<double> equal =
      crowding_distances(std::vector<ObjectiveVector>{{1, 2}, {1, 2}, {1, 2}});
  EXPECT_EQ(equal, std::vector<double>(3, 0.0));
}

}  // namespace
}  // namespace ocrtune
