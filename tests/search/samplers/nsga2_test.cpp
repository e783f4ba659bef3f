#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "support/hypervolume.h"
#include "support/searches.h"

namespace ocrtune {
namespace {

using Judge = std::function<Outcome(const Point&)>;

Space unit_space(std::size_t count) {
  std::vector<Dimension> dimensions(count);
  for (std::size_t i = 0; i < count; ++i)
    dimensions[i] = {.name = "x" + std::to_string(i), .low = 0, .high = 1, .initial = 0.5};
  return Space(std::move(dimensions));
}

std::vector<Outcome> run_nsga2(const SamplerOptions& options, std::size_t trials,
                               const Judge& judge) {
  return test::search("nsga2", options, judge, trials);
}

/// Zitzler, Deb & Thiele's first problem; all but the first parameter are best at 0.4.
Outcome zdt1(const Point& point) {
  double off = 0;
  for (std::size_t i = 1; i < point.values.size(); ++i)
    off += std::abs(point.values[i].second - 0.4);
  const double x = point.values[0].second;
  const double g = 1 + 9 * off / static_cast<double>(point.values.size() - 1);
  return {.point = point, .values = {x, g * (1 - std::sqrt(x / g))}};
}

double volume(const std::vector<Outcome>& outcomes) {
  std::vector<ObjectiveVector> values;
  for (const Outcome& outcome : outcomes) values.push_back(outcome.values);
  return test::hypervolume(values, ObjectiveVector{1.1, 1.1});
}

TEST(Nsga2, CoversTheWholeTradeOff) {
  // All of the front would give 1.21 - 1/3; 1000 random points give nothing at all.
  constexpr double kAll = 1.21 - 1.0 / 3;
  for (const std::size_t in_flight : {1U, 4U}) {
    for (const std::uint64_t seed : {1U, 2U, 3U}) {
      const SamplerOptions options{
          .space = unit_space(8), .seed = seed, .objectives = 2, .in_flight = in_flight};
      EXPECT_GT(volume(run_nsga2(options, 1000, zdt1)), 0.85 * kAll) << in_flight << ' ' << seed;
    }
  }
}

TEST(Nsga2, ThreeObjectives) {
  // The front is the plane x + y + z = 1, all of which would give 5/6; 1000 random points give
  // 0.45.
  const auto plane = [](const Point& point) {
    const double a = point.values[0].second;
    const double b = point.values[1].second * (1 - a);
    double off = 1;
    for (std::size_t i = 2; i < point.values.size(); ++i)
      off += std::abs(point.values[i].second - 0.7);
    return Outcome{.point = point, .values = {off * a, off * b, off * (1 - a - b)}};
  };
  std::vector<ObjectiveVector> values;
  for (const Outcome& outcome : run_nsga2({.space = unit_space(6), .objectives = 3}, 1000, plane))
    values.push_back(outcome.values);
  EXPECT_GT(test::hypervolume(values, ObjectiveVector{1, 1, 1}), 0.6);
}

TEST(Nsga2, OneObjectiveWithSwitchesAndConditions) {
  const Space space(
      {{.name = "kind", .type = ParameterType::category, .high = 2, .choices = {"a", "b", "c"}},
       {.name = "size",
        .type = ParameterType::integer,
        .low = 0,
        .high = 100,
        .active_if = "kind",
        .active_values = {2}},
       {.name = "on", .type = ParameterType::boolean, .high = 1}});
  const auto judge = [](const Point& point) {
    const double size = point.find("size").value_or(0);
    const double value = std::abs(size - 73) + (*point.find("on") > 0 ? 0 : 10);
    return Outcome{.point = point, .values = {value}};
  };
  const std::vector<Outcome> outcomes = run_nsga2({.space = space, .in_flight = 4}, 200, judge);
  EXPECT_EQ(std::ranges::min(outcomes, {}, &Outcome::values).values[0], 0);
}

/// The share of the last 100 of 400 trials whose x0 is below 0.5.
double front_share_below(const Judge& judge) {
  const std::vector<Outcome> outcomes = run_nsga2({.space = unit_space(4)}, 400, judge);
  return static_cast<double>(std::count_if(
             outcomes.end() - 100, outcomes.end(),
             [](const Outcome& outcome) { return outcome.point.values[0].second < 0.5; })) /
         100;
}

TEST(Nsga2, BrokenConstraintsComeLast) {
  const auto judge = [](const Point& point) {
    const double x = point.values[0].second;
    return Outcome{.point = point, .values = {-x}, .violation = std::max(0.0, x - 0.2)};
  };
  EXPECT_GT(front_share_below(judge), 0.9);
  // Also where no point keeps them: those that break them least survive.
  EXPECT_GT(front_share_below([](const Point& point) {
              const double x = point.values[0].second;
              return Outcome{.point = point, .values = {-x}, .violation = 1 + x};
            }),
            0.9);
}

TEST(Nsga2, PrunedTrialsRankBehindCompleteOnes) {
  EXPECT_GT(front_share_below([](const Point& point) {
              const double x = point.values[0].second;
              return Outcome{.point = point, .values = {-x}, .pruned = x > 0.4};
            }),
            0.9);
}

TEST(Nsga2, AttachedPointsBelongToTheFirstPopulation) {
  const SamplerOptions options{.space = unit_space(20)};
  const auto sampler = make_sampler("nsga2", options);
  for (std::size_t number = 1; number <= 50; ++number) {
    std::vector<double> units(20, 0.5);
    units[number % 20] = 0.4 + 0.004 * static_cast<double>(number);
    const Point point = options.space.at(units);
    sampler->attach(number, point);
    sampler->tell({.number = number, .point = point, .values = {1}});
  }
  // A child of them; a point of the start would be anywhere.
  const Point child = *sampler->ask(51);
  const auto near = std::ranges::count_if(
      child.values, [](const auto& value) { return std::abs(value.second - 0.5) <= 0.2; });
  EXPECT_GE(near, 17);
}

}  // namespace
}  // namespace ocrtune
