// What holds for every sampler of the registry.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "ocrtune/base/random.h"
#include "ocrtune/search/samplers/registry.h"
#include "support/errors.h"
#include "support/spaces.h"

namespace ocrtune {
namespace {

/// Any function of a point will do: rough, with steps and plateaus.
double value_of(const Point& point) {
  double sum = 0;
  for (const auto& [name, value] : point.values)
    sum += std::abs(std::sin(3 * value)) + std::floor(value / 2) / 10 + 0.1 * name.back();
  return sum;
}

Outcome outcome_of(std::size_t number, const Point& point, const SamplerOptions& options) {
  Outcome outcome{.number = number, .point = point};
  for (std::size_t i = 0; i < options.objectives; ++i)
    outcome.values.push_back(i % 2 == 0 ? value_of(point)
                                        : -value_of(point) + std::sin(value_of(point)));
  outcome.pruned = options.objectives == 1 && number % 7 == 3;
  outcome.violation = number % 11 == 5 ? 0.5 : 0;
  return outcome;
}

/// Asks for trials 1 to `trials` and tells them as late as may be. The first `replayed` are
/// replayed from `earlier`; every fifth is attached instead of asked for where `attaches` is set.
std::vector<Point> points_of(const std::string& name, const SamplerOptions& options,
                             std::size_t trials, bool attaches = false,
                             const std::vector<Point>& earlier = {}) {
  const auto sampler = make_sampler(name, options);
  std::vector<Point> points;
  Random random(9);
  for (std::size_t number = 1; number <= trials; ++number) {
    if (number > options.in_flight) {
      const std::size_t told = number - options.in_flight;
      sampler->tell(outcome_of(told, points[told - 1], options));
    }
    std::vector<double> units(options.space.size());
    for (double& unit : units) unit = random.uniform();
    if (attaches && number % 5 == 2) {
      points.push_back(options.space.at(units));
      sampler->attach(number, points.back());
    } else if (number <= earlier.size()) {
      points.push_back(earlier[number - 1]);
      sampler->replay(number, points.back());
    } else {
      const std::optional<Point> point = sampler->ask(number);
      if (!point) break;
      points.push_back(*point);
    }
  }
  return points;
}

class SamplerContract : public testing::TestWithParam<SamplerKind> {
 protected:
  [[nodiscard]] std::string name() const { return GetParam().name; }

  /// As many objectives as the sampler takes.
  [[nodiscard]] std::size_t any_objectives() const {
    return GetParam().several_objectives ? static_cast<std::size_t>(*rc::gen::inRange(1, 4)) : 1;
  }

  [[nodiscard]] SamplerOptions any_options(bool finite) const {
    return {.space = *test::any_space(finite),
            .seed = *rc::gen::arbitrary<std::uint64_t>(),
            .objectives = any_objectives(),
            .in_flight = static_cast<std::size_t>(*rc::gen::inRange(1, 6))};
  }
};

TEST_P(SamplerContract, PointsLieInTheSpace) {
  EXPECT_TRUE(rc::check("all points", [this] {
    const SamplerOptions options = any_options(*rc::gen::arbitrary<bool>());
    for (const Point& point : points_of(name(), options, 60, *rc::gen::arbitrary<bool>()))
      RC_ASSERT(options.space.contains(point));
  }));
}

TEST_P(SamplerContract, NoPointOfAFiniteSpaceComesTwice) {
  EXPECT_TRUE(rc::check("all different, all found", [this] {
    const SamplerOptions options = any_options(true);
    const std::optional<std::uint64_t> count = options.space.point_count();
    RC_PRE(count.has_value());
    const std::vector<Point> points = points_of(name(), options, 100);
    RC_ASSERT(points.size() == std::min<std::uint64_t>(100, *count));
    RC_ASSERT(std::set<Point>(points.begin(), points.end()).size() == points.size());
  }));
}

TEST_P(SamplerContract, TheSameCallsGiveTheSamePoints) {
  EXPECT_TRUE(rc::check("same seed, same points; replayed too", [this] {
    const SamplerOptions options = any_options(*rc::gen::arbitrary<bool>());
    const bool attaches = *rc::gen::arbitrary<bool>();
    const std::vector<Point> points = points_of(name(), options, 50, attaches);
    RC_ASSERT(points_of(name(), options, 50, attaches) == points);
    const auto kept =
        static_cast<std::ptrdiff_t>(*rc::gen::inRange<std::size_t>(0, points.size() + 1));
    const std::vector<Point> earlier(points.begin(), points.begin() + kept);
    RC_ASSERT(points_of(name(), options, 50, attaches, earlier) == points);
  }));
}

TEST_P(SamplerContract, SeedsMatter) {
  SamplerOptions options{.space = Space({{.name = "x", .low = 0, .high = 1, .initial = 0.5},
                                         {.name = "y", .low = 0, .high = 1, .initial = 0.5}})};
  const std::vector<Point> one = points_of(name(), options, 40);
  options.seed = 2;
  EXPECT_NE(points_of(name(), options, 40), one);
}

TEST_P(SamplerContract, RefusesASpaceWithoutParameters) {
  EXPECT_THROW((void)make_sampler(name(), {}), Error);
}

TEST_P(SamplerContract, SaysWhatItIs) {
  const SamplerKind& kind = GetParam();
  for (const std::string& text : {kind.name, kind.summary, kind.good_for, kind.cost})
    EXPECT_FALSE(text.empty());
  EXPECT_FALSE(kind.cites.empty());
}

INSTANTIATE_TEST_SUITE_P(Registry, SamplerContract, testing::ValuesIn(all_samplers()),
                         [](const auto& sampler) {
                           std::string name = sampler.param.name;
                           std::ranges::replace(name, '-', '_');
                           return name;
                         });

TEST(SamplerRegistry, UnknownNamesAreRefused) { EXPECT_THROW((void)sampler_named("tpf"), Error); }

}  // namespace
}  // namespace ocrtune
