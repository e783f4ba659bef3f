#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>
#include <set>
#include <span>

#include "ocrtune/search/samplers/gradient_search.h"
#include "ocrtune/search/samplers/local_search.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/search/samplers/sobol.h"
#include "support/errors.h"
#include "support/searches.h"

namespace ocrtune {
namespace {

using test::best_of;
using test::search;

using Landscape = std::function<double(const Point&)>;

Dimension whole(std::string name, double low, double high) {
  return {.name = std::move(name),
          .type = ParameterType::integer,
          .low = low,
          .high = high,
          .initial = low};
}

class LocalSampler : public testing::TestWithParam<SamplerKind> {
 protected:
  [[nodiscard]] std::string name() const { return GetParam().name; }
};

TEST_P(LocalSampler, FindsTheBottomOfASmoothFunction) {
  const Space space({test::real_dimension("a", -3, 2), test::real_dimension("b", 0, 10),
                     test::real_dimension("c", 1, 2)});
  const Landscape bowl = [](const Point& p) {
    const double a = (p.values[0].second - 0.3) / 5;
    const double b = (p.values[1].second - 6) / 10;
    const double c = p.values[2].second - 1.45;
    return a * a + 2 * b * b + c * c + a * b;
  };
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    for (const std::size_t in_flight : {1U, 4U})
      EXPECT_LT(best_of(search(name(), {.space = space, .seed = seed, .in_flight = in_flight}, bowl,
                               80 * in_flight)),
                0.002)
          << seed << ' ' << in_flight;
  }
}

TEST_P(LocalSampler, FindsTheBestWholeNumbers) {
  const Space space({whole("a", 0, 60), whole("b", 1, 20), whole("c", -5, 5)});
  const Landscape bowl = [](const Point& p) {
    const double a = p.values[0].second - 41;
    const double b = p.values[1].second - 7;
    const double c = p.values[2].second + 2;
    return a * a / 100 + b * b / 10 + c * c;
  };
  for (std::uint64_t seed = 1; seed <= 5; ++seed)
    EXPECT_LE(best_of(search(name(), {.space = space, .seed = seed}, bowl, 150)), 0.11) << seed;
}

TEST_P(LocalSampler, FindsABottomAtTheBounds) {
  const Space space({test::real_dimension("a", 0, 1), whole("b", 0, 30)});
  const Landscape slope = [](const Point& p) {
    return p.values[0].second - p.values[1].second / 30;
  };
  EXPECT_LT(best_of(search(name(), {.space = space}, slope, 60)), -0.97);
}

TEST_P(LocalSampler, AConstantEndsNoStudy) {
  const Space space({test::real_dimension("a", 0, 1), test::real_dimension("b", 0, 1)});
  const std::vector<Outcome> outcomes = search(
      name(), {.space = space}, [](const Point&) { return 1.0; }, 100);
  EXPECT_EQ(outcomes.size(), 100U);
}

TEST_P(LocalSampler, StartsAtTheBestAttachedPoint) {
  const Space space(
      {test::real_dimension("a", 0, 1),
       test::real_dimension("b", 0, 1),
       {.name = "k", .type = ParameterType::category, .high = 2, .choices = {"x", "y", "z"}}});
  const auto sampler = make_sampler(name(), {.space = space});
  const Point good = space.at(std::vector<double>{0.4, 0.6, 0.5});
  const Point bad = space.at(std::vector<double>{0.9, 0.1, 0.9});
  sampler->attach(1, bad);
  sampler->tell({.number = 1, .point = bad, .values = {5}});
  sampler->attach(2, good);
  sampler->tell({.number = 2, .point = good, .values = {1}});
  // The start itself is known, so the first point asked for is a step away from it.
  const std::optional<Point> first = sampler->ask(3);
  ASSERT_TRUE(first);
  EXPECT_NE(*first, good);
  EXPECT_EQ(first->find("k"), good.find("k"));
  for (const char* parameter : {"a", "b"})
    EXPECT_NEAR(*first->find(parameter), *good.find(parameter), 0.15) << parameter;
}

TEST_P(LocalSampler, KeepsWithinConstraints) {
  const Space space({test::real_dimension("a", 0, 1), test::real_dimension("b", 0, 1)});
  const auto sampler = make_sampler(name(), {.space = space});
  double best = HUGE_VAL;
  for (std::size_t number = 1; number <= 120; ++number) {
    const Point point = *sampler->ask(number);
    const double a = point.values[0].second;
    const double b = point.values[1].second;
    const double violation = std::max(0.0, 0.5 - a);
    if (violation == 0) best = std::min(best, a + std::abs(b - 0.5));
    sampler->tell({.number = number,
                   .point = point,
                   .values = {a + std::abs(b - 0.5)},
                   .violation = violation});
  }
  EXPECT_LT(best, 0.6);
}

TEST_P(LocalSampler, ValuesThatAreNoNumbersEndNoStudy) {
  const Space space({test::real_dimension("a", 0, 1), whole("b", 0, 1000)});
  const std::vector<Outcome> outcomes = search(
      name(), {.space = space, .in_flight = 2},
      [](const Point& p) {
        return p.values[0].second < 0.5 ? std::nan("") : p.values[1].second > 500 ? HUGE_VAL : 1.0;
      },
      80);
  EXPECT_EQ(outcomes.size(), 80U);
}

TEST_P(LocalSampler, MayEndInTheMiddleOfASearch) {
  for (std::size_t trials = 1; trials < 12; ++trials) {
    const auto sampler =
        make_sampler(name(), {.space = Space({test::real_dimension("a", 0, 1)}), .in_flight = 3});
    std::vector<Point> points;
    for (std::size_t number = 1; number <= trials; ++number) {
      if (number > 3)
        sampler->tell({.number = number - 3, .point = points[number - 4], .values = {1.0}});
      const std::optional<Point> point = sampler->ask(number);
      ASSERT_TRUE(point);
      points.push_back(*point);
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, LocalSampler, testing::ValuesIn(local_samplers()),
                         [](const auto& sampler) {
                           std::string name = sampler.param.name;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(LocalSamplers, AreThoseOfTheRegistry) {
  std::set<std::string> names;
  for (const SamplerKind& kind : local_samplers()) names.insert(kind.name);
  EXPECT_EQ(names, (std::set<std::string>{"nelder-mead", "powell", "cg", "bfgs", "lbfgs", "tnc",
                                          "cobyla", "slsqp"}));
  for (const std::string& name : names) EXPECT_EQ(sampler_named(name).name, name);
}

std::optional<double> nothing(std::span<const double>) { return std::nullopt; }

TEST(LocalSearch, AsksForTheSamePlaceUntilItIsTold) {
  LocalSearch search(LocalMethod::cobyla, {test::real_dimension("x", 0, 1)}, {0.5});
  EXPECT_EQ(search.ask(nothing), std::vector<double>{0.5});
  EXPECT_EQ(search.ask(nothing), std::vector<double>{0.5});
  search.tell(1);
  const auto second = search.ask(nothing);
  EXPECT_EQ(second, std::vector<double>{0.5 + 0.125});
  EXPECT_EQ(search.ask(nothing), second);
}

TEST(LocalSearch, KnownValuesStayAsTheyWere) {
  LocalSearch search(LocalMethod::cobyla, {test::real_dimension("x", 0, 1)}, {0.25});
  const auto up_to = [](double bound) {
    return [bound](std::span<const double> place) {
      return place[0] < bound ? std::optional(1 - place[0]) : std::nullopt;
    };
  };
  const auto beyond = search.ask(up_to(0.5));
  ASSERT_TRUE(beyond);
  EXPECT_GE(beyond->at(0), 0.5);
  EXPECT_EQ(search.ask(nothing), beyond);
  EXPECT_FALSE(search.ask(up_to(1)));
}

TEST(LocalSearch, EndsIfTheMethodDoesNot) {
  LocalSearch search(LocalMethod::cobyla,
                     {test::real_dimension("x", 0, 1), test::real_dimension("y", 0, 1)},
                     {0.5, 0.5});
  int calls = 0;
  EXPECT_FALSE(
      search.ask([&](std::span<const double>) { return std::optional<double>(-++calls); }));
  EXPECT_EQ(calls, 500);
}

TEST(LocalSearch, DifferencesAreAsWideAsTheStepsOfTheDimension) {
  const std::vector<Dimension> dimensions{test::real_dimension("x", 0, 10), whole("k", 0, 4),
                                          whole("n", 0, 99), whole("top", 0, 1)};
  // At the upper ends of x and top, in the middle of the others.
  const std::vector<double> start{0.999, 0.42, 0.507, 0.9};
  LocalSearch search(LocalMethod::lbfgs, dimensions, start);
  EXPECT_EQ(search.ask(nothing), start);
  const std::vector<double> expected{-0.03, 0.28, 0.028, -0.65};
  for (std::size_t i = 0; i < 4; ++i) {
    search.tell(1);
    std::vector<double> moved = start;
    moved[i] = unit_at(dimensions[i], value_at(dimensions[i], start[i] + expected[i]));
    const std::optional<std::vector<double>> place = search.ask(nothing);
    ASSERT_TRUE(place);
    for (std::size_t j = 0; j < 4; ++j) EXPECT_NEAR((*place)[j], moved[j], 1e-12) << i << ' ' << j;
  }
}

/// A narrow valley across the coordinates: 10 (x - y)^2 + (x + y - 1.2)^2 / 2.
double valley(std::span<const double> place, std::span<double> gradient) {
  const double across = place[0] - place[1];
  const double along = place[0] + place[1] - 1.2;
  if (!gradient.empty()) {
    gradient[0] = 20 * across + along;
    gradient[1] = -20 * across + along;
  }
  return 10 * across * across + along * along / 2;
}

TEST(GradientSearch, ReachesTheBottomOfAValley) {
  const GradientSearch search{
      .start = {0.1, 0.9}, .last_unit = 1, .first_step = 0.1, .last_steps = {1e-4, 1e-4}};
  for (const auto method : {conjugate_gradient, truncated_newton}) {
    const std::vector<double> end = method(search, valley);
    EXPECT_NEAR(end[0], 0.6, 0.01);
    EXPECT_NEAR(end[1], 0.6, 0.01);
  }
}

TEST(GradientSearch, NewtonNeedsFewGradientsWhereTheFunctionIsQuadratic) {
  int gradients = 0;
  const DifferentiableFunction counted = [&](std::span<const double> place,
                                             std::span<double> gradient) {
    gradients += gradient.empty() ? 0 : 1;
    return valley(place, gradient);
  };
  const GradientSearch search{
      .start = {0.2, 0.5}, .last_unit = 1, .first_step = 0.1, .last_steps = {0.01, 0.01}};
  const std::vector<double> end = truncated_newton(search, counted);
  EXPECT_NEAR(end[0], 0.6, 0.01);
  EXPECT_LE(gradients, 14);
}

TEST_P(LocalSampler, StartsTakeTurnsAndEnd) {
  const Space space({test::real_dimension("a", 0, 1), test::real_dimension("b", 0, 1)});
  const Landscape bowl = [](const Point& p) {
    const double a = p.values[0].second - 0.3;
    const double b = p.values[1].second - 0.6;
    return a * a + b * b;
  };
  // BOBYQA moves a start that is too near to a bound for its first steps.
  const double near = name() == "powell" ? 1 : 1e-9;
  std::size_t before = 0;
  for (const std::size_t starts : {1U, 3U, 8U}) {
    for (const std::size_t in_flight : {std::size_t{1}, starts + 1, starts + 2}) {
      const std::vector<Outcome> found =
          search(name(), {.space = space, .in_flight = in_flight, .starts = starts}, bowl, 4000);
      EXPECT_LT(found.size(), 2000U) << starts << ' ' << in_flight;
      // Each search begins before any goes on.
      std::set<Point> first;
      for (std::size_t i = 0; i < starts; ++i) {
        const Point start = space.at(sobol_point(2, i, 1));
        for (std::size_t k = 0; k < 2; ++k)
          EXPECT_NEAR(found.at(i).point.values[k].second, start.values[k].second, near)
              << starts << ' ' << i;
        first.insert(found[i].point);
      }
      EXPECT_EQ(first.size(), starts);
      if (in_flight > 1) continue;
      EXPECT_LT(best_of(found), 0.01);
      EXPECT_GT(found.size(), before);
      before = found.size();
    }
  }
}

TEST_P(LocalSampler, StartsResumeByReplay) {
  const Space space({test::real_dimension("a", 0, 1), whole("b", 0, 30)});
  const Landscape slope = [](const Point& p) { return p.values[0].second; };
  const SamplerOptions options{.space = space, .in_flight = 2, .starts = 3};
  const std::vector<Outcome> whole_search = search(name(), options, slope, 1000);
  const auto resumed = make_sampler(name(), options);
  const std::size_t half = whole_search.size() / 2;
  for (std::size_t number = 1; number <= whole_search.size(); ++number) {
    if (number > 2) resumed->tell(whole_search[number - 3]);
    const Point& point = whole_search[number - 1].point;
    if (number <= half) {
      resumed->replay(number, point);
    } else {
      EXPECT_EQ(resumed->ask(number), point) << number;
    }
  }
}

TEST(LocalMethods, OnlyTheyHaveStarts) {
  const Space space({test::real_dimension("a", 0, 1)});
  const std::string message = test::error_of(
      Errc::invalid_argument, [&] { (void)make_sampler("tpe", {.space = space, .starts = 3}); });
  EXPECT_EQ(message,
            "the sampler tpe has no starts; local samplers have: nelder-mead, powell, cg, bfgs, "
            "lbfgs, tnc, cobyla, slsqp");
}

TEST(LocalMethods, AreNamedAsTheirSamplers) {
  const std::pair<const char*, LocalMethod> names[] = {{"nelder-mead", LocalMethod::nelder_mead},
                                                       {"powell", LocalMethod::powell},
                                                       {"cg", LocalMethod::cg},
                                                       {"bfgs", LocalMethod::bfgs},
                                                       {"lbfgs", LocalMethod::lbfgs},
                                                       {"tnc", LocalMethod::tnc},
                                                       {"cobyla", LocalMethod::cobyla},
                                                       {"slsqp", LocalMethod::slsqp}};
  EXPECT_EQ(std::size(names), local_samplers().size());
  for (const auto& [name, method] : names) EXPECT_EQ(local_method_named(name), method) << name;
  EXPECT_EQ(
      test::error_of(Errc::invalid_argument, [] { (void)local_method_named("lbfg"); }),
      "unknown sampler `lbfg` (did you mean `lbfgs`?); available: nelder-mead, powell, cg, bfgs, "
      "lbfgs, tnc, cobyla, slsqp");
}

TEST(GradientSearch, StaysWithinTheBounds) {
  const GradientSearch search{
      .start = {0.5, 0.5}, .last_unit = 1, .first_step = 0.1, .last_steps = {0.01, 0.01}};
  const DifferentiableFunction outward = [](std::span<const double> place,
                                            std::span<double> gradient) {
    for (const double unit : place) EXPECT_TRUE(unit >= 0 && unit <= 1);
    if (!gradient.empty()) {
      gradient[0] = -1;
      gradient[1] = 2 * (place[1] + 0.5);
    }
    return -place[0] + (place[1] + 0.5) * (place[1] + 0.5);
  };
  for (const auto method : {conjugate_gradient, truncated_newton})
    EXPECT_EQ(method(search, outward), (std::vector<double>{1, 0}));
}

}  // namespace
}  // namespace ocrtune
