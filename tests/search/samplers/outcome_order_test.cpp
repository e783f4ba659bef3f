#include "ocrtune/search/samplers/outcome_order.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <tuple>

#include "ocrtune/metrics/pareto.h"

namespace ocrtune {
namespace {

using Places = std::vector<std::size_t>;

TEST(BestFirst, ByValueAndNoNumbersLast) {
  const std::vector<Outcome> outcomes{{.values = {3}},
                                      {.values = {NAN}},
                                      {.values = {1}},
                                      {.values = {3}},
                                      {.values = {-INFINITY}}};
  EXPECT_EQ(best_first(outcomes), (Places{4, 2, 0, 3, 1}));
}

TEST(BestFirst, ConstraintsComeBeforeValues) {
  const std::vector<Outcome> outcomes{{.values = {1}, .violation = 0.5},
                                      {.values = {9}},
                                      {.values = {0}, .violation = 2},
                                      {.values = {8}}};
  EXPECT_EQ(best_first(outcomes), (Places{3, 1, 0, 2}));
}

TEST(BestFirst, PrunedTrialsStayBehindTheBetterHalf) {
  const std::vector<Outcome> outcomes{{.values = {5}}, {.values = {0}, .pruned = true},
                                      {.values = {2}}, {.values = {4.5}, .pruned = true},
                                      {.values = {3}}, {.values = {4}}};
  EXPECT_EQ(best_first(outcomes), (Places{2, 4, 1, 5, 3, 0}));
}

TEST(BestFirst, OnlyPrunedTrialsGoByTheirValues) {
  const std::vector<Outcome> outcomes{{.values = {5}, .pruned = true},
                                      {.values = {2}, .pruned = true}};
  EXPECT_EQ(best_first(outcomes), (Places{1, 0}));
}

TEST(BestFirst, SeveralObjectivesByFrontAndThenByLoneliness) {
  const std::vector<Outcome> outcomes{{.values = {0, 10}},
                                      {.values = {4.8, 4.9}},
                                      {.values = {10, 0}},
                                      {.values = {5, 4.8}},
                                      {.values = {2, 6}},
                                      {.values = {11, 11}},
                                      {.values = {0.1, 0.1}, .violation = 1}};
  // Of the front's inner points the one in the widest gap is first; 1 and 3 are close together.
  EXPECT_EQ(best_first(outcomes), (Places{0, 2, 3, 4, 1, 5, 6}));
}

/// Equally likely, unlike rapidcheck's, which are mostly the least.
int any_number(int least, int most) {
  return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(least, most + 1));
}

Outcome any_outcome(std::size_t objectives) {
  Outcome outcome;
  for (std::size_t k = 0; k < objectives; ++k) {
    const int value = any_number(0, 11);
    outcome.values.push_back(value);
    if (value == 10) outcome.values.back() = NAN;
    if (value == 11) outcome.values.back() = -INFINITY;
  }
  outcome.violation = std::max(0, any_number(-5, 2));
  outcome.pruned = any_number(0, 3) == 0;
  return outcome;
}

/// The places of `outcomes` in the order of fronts, by the definition: front after front is taken
/// away.
std::vector<double> places_by_fronts(const std::vector<ObjectiveVector>& vectors, Places left) {
  std::vector<double> places(vectors.size());
  double place = 0;
  while (!left.empty()) {
    Places front;
    Places rest;
    for (const std::size_t i : left) {
      const bool worse = std::ranges::any_of(
          left, [&](std::size_t other) { return dominates(vectors[other], vectors[i]); });
      (worse ? rest : front).push_back(i);
    }
    std::vector<ObjectiveVector> members;
    for (const std::size_t i : front) members.push_back(vectors[i]);
    const std::vector<double> crowding = crowding_distances(members);
    Places order(front.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::ranges::greater(),
                             [&](std::size_t i) { return crowding[i]; });
    for (const std::size_t i : order) places[front[i]] = place++;
    left = rest;
  }
  return places;
}

RC_GTEST_PROP(BestFirst, SeveralObjectivesByTheDefinition, ()) {
  const auto objectives = static_cast<std::size_t>(any_number(2, 3));
  std::vector<Outcome> outcomes(static_cast<std::size_t>(any_number(0, 50)));
  std::vector<ObjectiveVector> vectors;
  Places feasible;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    outcomes[i] = any_outcome(objectives);
    vectors.push_back(outcomes[i].values);
    for (double& value : vectors.back())
      value = std::isnan(value) ? 1e300 : std::max(-1e300, value);
    if (outcomes[i].violation == 0) feasible.push_back(i);
  }
  std::vector<double> costs = places_by_fronts(vectors, feasible);
  std::vector<double> complete;
  for (const std::size_t i : feasible) {
    if (!outcomes[i].pruned) complete.push_back(costs[i]);
  }
  std::ranges::sort(complete);
  const double least = complete.empty() ? -1 : complete[(complete.size() - 1) / 2];
  Places expected(outcomes.size());
  std::iota(expected.begin(), expected.end(), std::size_t{0});
  std::ranges::stable_sort(expected, {}, [&](std::size_t i) {
    const double cost = outcomes[i].pruned ? std::max(costs[i], least) : costs[i];
    return std::tuple(outcomes[i].violation, cost, outcomes[i].pruned);
  });
  RC_ASSERT(best_first(outcomes) == expected);
}

/// Comparing each outcome with each other one, or looking at all of them for each front, would take
/// minutes.
TEST(BestFirst, ManyOutcomesOfTwoObjectivesAtOnce) {
  constexpr std::size_t kCount = 300'000;
  std::vector<Outcome> outcomes(kCount);
  for (std::size_t i = 0; i < kCount; ++i) {
    const auto value = static_cast<double>(kCount - i);
    outcomes[i].values = {value, value};
  }
  const Places order = best_first(outcomes);
  EXPECT_TRUE(std::ranges::is_sorted(order, std::ranges::greater()));
}

TEST(BestFirst, NothingOfNothing) { EXPECT_TRUE(best_first({}).empty()); }

}  // namespace
}  // namespace ocrtune
