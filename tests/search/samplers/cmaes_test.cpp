#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "support/searches.h"

namespace ocrtune {
namespace {

using Value = std::function<double(const Point&)>;
using Judge = std::function<Outcome(const Point&)>;

Space reals(std::size_t count, double low, double high) {
  std::vector<Dimension> dimensions;
  for (std::size_t i = 0; i < count; ++i)
    dimensions.push_back(test::real_dimension("x" + std::to_string(i), low, high));
  return Space(std::move(dimensions));
}

std::vector<Outcome> run(const SamplerOptions& options, std::size_t trials, const Judge& judge) {
  return test::search("cmaes", options, judge, trials);
}

/// The middle one of the least values of nine runs.
double median_of_runs(const Space& space, std::size_t trials, const Value& value,
                      std::size_t in_flight = 1) {
  std::vector<double> least;
  for (std::uint64_t seed = 1; seed <= 9; ++seed) {
    const SamplerOptions options{.space = space, .seed = seed, .in_flight = in_flight};
    const std::vector<Outcome> outcomes = run(options, trials, [&](const Point& point) {
      return Outcome{.point = point, .values = {value(point)}};
    });
    least.push_back(std::ranges::min(outcomes, {}, &Outcome::values).values[0]);
  }
  std::ranges::sort(least);
  return least[4];
}

double sphere(const Point& point) {
  double sum = 0;
  for (const auto& [name, value] : point.values) sum += (value - 2.3) * (value - 2.3);
  return sum;
}

double ellipsoid(const Point& point) {
  double sum = 0;
  double steep = 1;
  for (const auto& [name, value] : point.values) {
    sum += steep * (value - 2.3) * (value - 2.3);
    steep *= 10;
  }
  return sum;
}

double rosenbrock(const Point& point) {
  double sum = 0;
  for (std::size_t i = 0; i + 1 < point.values.size(); ++i) {
    const double a = point.values[i].second;
    const double b = point.values[i + 1].second;
    sum += 100 * (b - a * a) * (b - a * a) + (1 - a) * (1 - a);
  }
  return sum;
}

TEST(Cmaes, ReachesTheBottomOfBowlsAndValleys) {
  for (const std::size_t in_flight : {1U, 4U}) {
    EXPECT_LT(median_of_runs(reals(6, -5, 5), 300, sphere, in_flight), 1e-2) << in_flight;
    EXPECT_LT(median_of_runs(reals(4, -5, 5), 500, ellipsoid, in_flight), 1e-3) << in_flight;
    EXPECT_LT(median_of_runs(reals(4, -2, 2), 1000, rosenbrock, in_flight), 0.05) << in_flight;
  }
}

TEST(Cmaes, FindsTheBestIntegers) {
  std::vector<Dimension> dimensions;
  for (int i = 0; i < 5; ++i) {
    dimensions.push_back({.name = "i" + std::to_string(i),
                          .type = ParameterType::integer,
                          .low = -20,
                          .high = 20,
                          .initial = 0});
  }
  // The least of (i - 2.3)² is at 2.
  for (const std::size_t in_flight : {1U, 4U})
    EXPECT_NEAR(median_of_runs(Space(dimensions), 200, sphere, in_flight), 5 * 0.09, 1e-9);
}

TEST(Cmaes, MixedLogarithmsOddNumbersAndChoices) {
  const Space space(
      {{.name = "rate", .low = 1e-5, .high = 1, .initial = 0.1, .log = true},
       {.name = "width",
        .type = ParameterType::integer,
        .low = 1,
        .high = 1000,
        .initial = 10,
        .log = true},
       {.name = "window", .type = ParameterType::odd, .low = 3, .high = 61},
       {.name = "on", .type = ParameterType::boolean, .high = 1},
       {.name = "kind",
        .type = ParameterType::category,
        .high = 3,
        .choices = {"a", "b", "c", "d"}},
       {.name = "gain", .low = 0, .high = 4, .active_if = "kind", .active_values = {2}}});
  const auto value = [](const Point& point) {
    return std::abs(std::log10(*point.find("rate")) + 3) +
           std::abs(std::log(*point.find("width") / 7)) +
           std::abs(*point.find("window") - 21) / 10 + (*point.find("on") > 0 ? 0 : 1) +
           (point.find("gain") ? std::abs(*point.find("gain") - 3) : 2);
  };
  EXPECT_LT(median_of_runs(space, 300, value), 0.4);
}

TEST(Cmaes, OnlyChoices) {
  std::vector<Dimension> dimensions;
  for (int i = 0; i < 6; ++i) {
    dimensions.push_back({.name = "c" + std::to_string(i),
                          .type = ParameterType::category,
                          .high = 4,
                          .choices = {"a", "b", "c", "d", "e"}});
  }
  const auto wrong = [](const Point& point) {
    return static_cast<double>(
        std::ranges::count_if(point.values, [](const auto& value) { return value.second != 3; }));
  };
  // 200 of 15625 points drawn at random leave two or three wrong.
  EXPECT_LE(median_of_runs(Space(dimensions), 200, wrong), 1);
}

/// The share of the last 50 of 200 trials whose x0 is below 0.5.
double share_below(const Judge& judge) {
  const std::vector<Outcome> outcomes = run({.space = reals(3, 0, 1)}, 200, judge);
  const auto below = [](const Outcome& outcome) { return outcome.point.values[0].second < 0.5; };
  return static_cast<double>(std::count_if(outcomes.end() - 50, outcomes.end(), below)) / 50;
}

TEST(Cmaes, PrunedTrialsAndBrokenConstraintsComeLast) {
  EXPECT_GT(share_below([](const Point& point) {
              const double x = point.values[0].second;
              return Outcome{.point = point, .values = {-x}, .pruned = x > 0.4};
            }),
            0.8);
  EXPECT_GT(share_below([](const Point& point) {
              const double x = point.values[0].second;
              return Outcome{.point = point, .values = {-x}, .violation = std::max(0.0, x - 0.4)};
            }),
            0.8);
}

TEST(Cmaes, AGoodAttachedPointIsFollowed) {
  // A narrow hole in a plain that says nothing of it.
  const Space space = reals(4, 0, 1);
  const auto value = [](const Point& point) {
    double far = 0;
    for (const auto& [name, x] : point.values) far = std::max(far, std::abs(x - 0.81));
    return std::min(far, 0.15);
  };
  const auto sampler = make_sampler("cmaes", {.space = space});
  double least = 1;
  for (std::size_t number = 1; number <= 300; ++number) {
    Point point;
    if (number % 4 == 1 && number > 40 && number < 100) {
      point = space.at(std::vector<double>(4, 0.79));
      sampler->attach(number, point);
    } else {
      point = *sampler->ask(number);
      least = std::min(least, value(point));
    }
    sampler->tell({.number = number, .point = point, .values = {value(point)}});
  }
  EXPECT_LT(least, 0.01);
}

TEST(Cmaes, GoesOnElsewhereWhenNothingIsLeftToFind) {
  // Nearly all starts lead into the wide hole; the deep one is small.
  const auto value = [](const Point& point) {
    const double x = point.values[0].second;
    const double y = point.values[1].second;
    return std::min(0.2 + std::hypot(x - 0.3, y - 0.3), 5 * std::hypot(x - 0.85, y - 0.85));
  };
  std::vector<Dimension> dimensions = reals(2, 0, 1).dimensions();
  for (Dimension& dimension : dimensions) dimension.step = 0.01;
  EXPECT_LT(median_of_runs(Space(dimensions), 1500, value), 0.1);
}

}  // namespace
}  // namespace ocrtune
