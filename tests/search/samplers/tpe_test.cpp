#include "ocrtune/search/samplers/tpe.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/sobol.h"
#include "support/hypervolume.h"
#include "support/searches.h"

namespace ocrtune {
namespace {

using test::best_of;
using test::search;

using Judgement = std::function<Outcome(const Point&)>;

/// Least value without broken constraints, median of nine seeds.
double usual_best(const std::string& name, SamplerOptions options, const Judgement& function,
                  std::size_t trials) {
  std::vector<double> bests;
  for (options.seed = 1; options.seed <= 9; ++options.seed) {
    bests.push_back(best_of(search(name, options, function, trials)));
  }
  std::ranges::sort(bests);
  return bests[4];
}

Space reals(std::size_t count) {
  std::vector<Dimension> dimensions;
  for (std::size_t i = 0; i < count; ++i)
    dimensions.push_back({.name = "x" + std::to_string(i), .low = 0, .high = 1, .initial = 0.5});
  return Space(std::move(dimensions));
}

double distance(const Point& point, double from) {
  double sum = 0;
  for (const auto& [name, value] : point.values) sum += (value - from) * (value - from);
  return std::sqrt(sum);
}

Outcome far_off(const Point& point) { return {.values = {distance(point, 0.3)}}; }

TEST(Tpe, HomesIn) {
  const SamplerOptions options{.space = reals(4)};
  EXPECT_LT(usual_best("tpe", options, far_off, 100),
            usual_best("random", options, far_off, 100) / 3);
}

TEST(Tpe, HomesInWithTrialsInFlight) {
  const SamplerOptions options{.space = reals(4), .in_flight = 4};
  EXPECT_LT(usual_best("tpe", options, far_off, 100),
            usual_best("random", options, far_off, 100) / 2.5);
}

TEST(Tpe, FindsTheGroupWorthSwitchingOn) {
  const Space space(
      {{.name = "way", .type = ParameterType::category, .high = 3, .choices = {"a", "b", "c", "d"}},
       {.name = "x",
        .low = 1e-4,
        .high = 1,
        .initial = 0.01,
        .log = true,
        .active_if = "way",
        .active_values = {2}},
       {.name = "n",
        .type = ParameterType::odd,
        .low = 1,
        .high = 99,
        .initial = 1,
        .active_if = "way",
        .active_values = {2}}});
  const Judgement function = [](const Point& point) {
    const auto x = point.find("x");
    if (!x) return Outcome{.values = {0.9 + 0.01 * *point.find("way")}};
    const double n = *point.find("n");
    return Outcome{.values = {std::abs(std::log10(*x) + 2.3) + std::abs(n - 37) / 20}};
  };
  const SamplerOptions options{.space = space};
  EXPECT_LT(usual_best("tpe", options, function, 100), 0.1);
  EXPECT_LT(usual_best("tpe", options, function, 100),
            usual_best("random", options, function, 100));
}

TEST(Tpe, StaysWhereConstraintsHold) {
  const Judgement function = [](const Point& point) {
    Outcome outcome = far_off(point);
    outcome.violation = std::max(0.0, 0.6 - *point.find("x0"));
    return outcome;
  };
  const SamplerOptions options{.space = reals(3)};
  // The best allowed point is 0.3 off.
  EXPECT_LT(usual_best("tpe", options, function, 100), 0.33);
  const std::vector<Outcome> outcomes = search("tpe", options, function, 100);
  const auto allowed = std::ranges::count(outcomes, 0.0, &Outcome::violation);
  // Without the constraint it would gather at 0.3.
  EXPECT_GT(allowed, 40);
}

TEST(Tpe, BeginsWithSobolPoints) {
  const SamplerOptions options{.space = reals(3), .seed = 7};
  const std::vector<Outcome> outcomes = search("tpe", options, far_off, 20);
  const std::vector<double> rows = sobol_points(3, 20, 7);
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    EXPECT_EQ(outcomes[i].point, options.space.at(std::span(rows).subspan(3 * i, 3)));
}

TEST(Tpe, PointsInFlightKeepOthersAway) {
  const SamplerOptions options{.space = reals(2), .in_flight = 20};
  const std::vector<Outcome> told = search("sobol", options, far_off, 40);
  const auto alone = make_sampler("tpe", options);
  const auto crowded = make_sampler("tpe", options);
  for (const Outcome& outcome : told) {
    alone->tell(outcome);
    crowded->tell(outcome);
  }
  const Point free = *alone->ask(60);
  const double x = *free.find("x0");
  const double y = *free.find("x1");
  for (std::size_t number = 41; number < 60; ++number) {
    const double aside = 0.001 * static_cast<double>(number - 50);
    crowded->attach(number, options.space.at(std::vector{x + aside, y - aside}));
  }
  const Point pushed = *crowded->ask(60);
  EXPECT_GT(std::hypot(*pushed.find("x0") - x, *pushed.find("x1") - y), 0.05);
}

TEST(Tpe, SpreadsAlongTheTradeOffOfTwoObjectives) {
  const Judgement function = [](const Point& point) {
    return Outcome{.values = {distance(point, 0.2), distance(point, 0.8)}};
  };
  const auto volume = [&](const std::string& name) {
    std::vector<ObjectiveVector> values;
    const SamplerOptions options{.space = reals(4), .seed = 4, .objectives = 2};
    for (const Outcome& outcome : search(name, options, function, 150))
      values.push_back(outcome.values);
    return test::hypervolume(values, std::vector{1.3, 1.3});
  };
  // The best there is: all beyond the line between (1.2, 0) and (0, 1.2).
  constexpr double kMax = 1.3 * 1.3 - 1.2 * 1.2 / 2;
  EXPECT_GT(volume("tpe"), 0.85 * kMax);
  EXPECT_GT(volume("tpe"), volume("random") + 0.05);
}

}  // namespace
}  // namespace ocrtune
