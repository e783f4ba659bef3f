// What the Gaussian process sampler does beyond the contract of all samplers.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <numbers>

#include "ocrtune/search/samplers/registry.h"
#include "support/searches.h"

namespace ocrtune {
namespace {

using test::best_of;
using test::search;

using Landscape = std::function<double(const Point&)>;

Space plane() {
  return Space({{.name = "x", .low = -5, .high = 10}, {.name = "y", .low = 0, .high = 15}});
}

/// Branin's function, less its least value.
double branin(const Point& point) {
  constexpr double kPi = std::numbers::pi;
  const double x = point.values[0].second;
  const double y = point.values[1].second;
  const double bend = y - 5.1 / (4 * kPi * kPi) * x * x + 5 / kPi * x - 6;
  return bend * bend + 10 * (1 - 1 / (8 * kPi)) * std::cos(x) + 10 - 0.397887;
}

TEST(GpSampler, FindsTheBottomOfBranin) {
  for (std::uint64_t seed = 1; seed <= 6; ++seed)
    EXPECT_LT(best_of(search("gp", {.space = plane(), .seed = seed}, branin, 40)), 0.01) << seed;
}

TEST(GpSampler, FindsItWithTrialsInFlight) {
  for (std::uint64_t seed = 1; seed <= 3; ++seed)
    EXPECT_LT(best_of(search("gp", {.space = plane(), .seed = seed, .in_flight = 5}, branin, 60)),
              0.05)
        << seed;
}

TEST(GpSampler, PointsInFlightLieApart) {
  const auto sampler = make_sampler("gp", {.space = plane(), .in_flight = 4});
  std::vector<Outcome> outcomes;
  for (std::size_t number = 1; number <= 24; ++number) {
    if (number > 4) sampler->tell(outcomes[number - 5]);
    const Point point = *sampler->ask(number);
    outcomes.push_back({.number = number, .point = point, .values = {branin(point)}});
  }
  for (std::size_t i = 20; i < 24; ++i) {
    for (std::size_t j = 20; j < i; ++j) {
      const double x = outcomes[i].point.values[0].second - outcomes[j].point.values[0].second;
      const double y = outcomes[i].point.values[1].second - outcomes[j].point.values[1].second;
      EXPECT_GT(std::hypot(x, y), 0.05);
    }
  }
}

Space mixed_space() {
  return Space({{.name = "on", .type = ParameterType::boolean, .low = 0, .high = 1},
                {.name = "x", .low = 1, .high = 100, .initial = 10, .log = true, .active_if = "on"},
                {.name = "k", .type = ParameterType::odd, .low = 3, .high = 61, .initial = 3},
                {.name = "kind",
                 .type = ParameterType::category,
                 .high = 3,
                 .choices = {"a", "b", "c", "d"}}});
}

/// Least, 0, where the switch is on, x is 20, k is 31 and the kind is c.
double mixed(const Point& point) {
  const double x = point.find("x") ? std::log(*point.find("x") / 20) : 1.2;
  const double k = (*point.find("k") - 31) / 30;
  return x * x + 2 * k * k + (*point.find("kind") == 2 ? 0 : 0.4);
}

TEST(GpSampler, FindsTheBestOfAMixedSpace) {
  for (std::uint64_t seed = 1; seed <= 4; ++seed)
    EXPECT_LT(best_of(search("gp", {.space = mixed_space(), .seed = seed}, mixed, 45)), 0.02)
        << seed;
}

TEST(GpSampler, FollowsConstraints) {
  const auto sampler = make_sampler("gp", {.space = plane()});
  double best = HUGE_VAL;
  for (std::size_t number = 1; number <= 40; ++number) {
    const Point point = *sampler->ask(number);
    const double x = point.values[0].second;
    // Two of Branin's three bottoms are cut off.
    const double violation = std::max(0.0, 7 - x);
    if (violation == 0) best = std::min(best, branin(point));
    sampler->tell(
        {.number = number, .point = point, .values = {branin(point)}, .violation = violation});
  }
  EXPECT_LT(best, 0.3);
}

TEST(GpSampler, BearsCliffsRipplesAndWhatIsNoNumber) {
  // One of Branin's three bottoms is behind the cliffs.
  const Landscape rough = [](const Point& point) {
    const double x = point.values[0].second;
    const double y = point.values[1].second;
    if (x > 7) return std::nan("");
    if (y > 13) return 1e12;
    return branin(point) + 0.1 * std::sin(40 * x) * std::sin(40 * y);
  };
  for (std::uint64_t seed = 1; seed <= 3; ++seed)
    EXPECT_LT(best_of(search("gp", {.space = plane(), .seed = seed}, rough, 60)), 0.1) << seed;
}

TEST(GpSampler, GoesOnWhereAllValuesAreTheSame) {
  const std::vector<Outcome> outcomes = search(
      "gp", {.space = plane()}, [](const Point&) { return 7.0; }, 40);
  EXPECT_EQ(outcomes.size(), 40U);
}

TEST(GpSampler, LearnsFromAttachedPoints) {
  const auto sampler = make_sampler("gp", {.space = plane()});
  std::size_t number = 0;
  for (double x = 0.1; x < 1; x += 0.2) {
    for (double y = 0.1; y < 1; y += 0.2) {
      const Point point = plane().at(std::vector<double>{x, y});
      sampler->attach(++number, point);
      sampler->tell({.number = number, .point = point, .values = {branin(point)}});
    }
  }
  // No start-up: the next points are near one of the three bottoms.
  double best = HUGE_VAL;
  for (int i = 0; i < 6; ++i) {
    const Point point = *sampler->ask(++number);
    best = std::min(best, branin(point));
    sampler->tell({.number = number, .point = point, .values = {branin(point)}});
  }
  EXPECT_LT(best, 0.2);
}

TEST(GpSampler, KeepsTheBestOfManyOutcomes) {
  const auto sampler = make_sampler("gp", {.space = plane()});
  std::size_t number = 0;
  for (int i = 0; i < 20; ++i) {
    for (int j = 0; j < 20; ++j) {
      const Point point = plane().at(std::vector<double>{(i + 0.5) / 20, (j + 0.5) / 20});
      sampler->attach(++number, point);
      sampler->tell({.number = number, .point = point, .values = {branin(point)}});
    }
  }
  double best = HUGE_VAL;
  for (int i = 0; i < 3; ++i) {
    const Point point = *sampler->ask(++number);
    best = std::min(best, branin(point));
    sampler->tell({.number = number, .point = point, .values = {branin(point)}});
  }
  EXPECT_LT(best, 0.05);
}

}  // namespace
}  // namespace ocrtune
