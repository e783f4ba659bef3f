#include "ocrtune/pipeline/space.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "ocrtune/base/random.h"
#include "support/spaces.h"

namespace ocrtune {
namespace {

constexpr double kLastUnit = 1 - 0x1p-53;

Dimension dimension(ParameterType type, double low, double high) {
  return {.name = "d", .type = type, .low = low, .high = high};
}

RC_GTEST_PROP(ValueAt, CoversEveryWholeNumberEquallyAndNoOther, ()) {
  const bool odd = *rc::gen::arbitrary<bool>();
  const int step = odd ? 2 : 1;
  const int low = 2 * *rc::gen::inRange(-50, 50) + 1;
  const int count = *rc::gen::inRange(1, 60);
  const int high = low + step * (count - 1);
  const Dimension d = dimension(odd ? ParameterType::odd : ParameterType::integer, low, high);
  constexpr int kEach = 16;
  std::map<double, int> seen;
  for (int i = 0; i < count * kEach; ++i) {
    ++seen[value_at(d, (i + 0.5) / (count * kEach))];
  }
  RC_ASSERT(seen.size() == static_cast<std::size_t>(count));
  for (const auto& [value, times] : seen) {
    RC_ASSERT(value >= low && value <= high);
    RC_ASSERT(std::fmod(value - low, step) == 0);
    RC_ASSERT(times == kEach);
  }
  RC_ASSERT(value_at(d, 0) == low);
  RC_ASSERT(value_at(d, kLastUnit) == high);
}

RC_GTEST_PROP(ValueAt, RealsStayInRange, ()) {
  const auto a = *rc::gen::arbitrary<double>();
  const auto b = *rc::gen::arbitrary<double>();
  const Dimension d = dimension(ParameterType::real, std::min(a, b), std::max(a, b));
  for (const double unit : {0.0, 0x1p-53, 0.1, 1.0 / 3, 0.9, 1 - 0x1p-32, kLastUnit}) {
    const double value = value_at(d, unit);
    RC_ASSERT(value >= d.low && value <= d.high);
  }
  RC_ASSERT(value_at(d, 0) == d.low);
}

TEST(ValueAt, ReachesTheUpperEndOfReals) {
  // An ulp too much in the sum must not leave the range.
  const Dimension d = dimension(ParameterType::real, -0.1, 0.7);
  EXPECT_LE(value_at(d, kLastUnit), 0.7);
  EXPECT_GT(value_at(d, kLastUnit), 0.7 - 1e-12);
}

TEST(ValueAt, SwitchesAreEven) {
  const Dimension d = dimension(ParameterType::boolean, 0, 1);
  EXPECT_EQ(value_at(d, 0), 0);
  EXPECT_EQ(value_at(d, 0.4999), 0);
  EXPECT_EQ(value_at(d, 0.5), 1);
  EXPECT_EQ(value_at(d, kLastUnit), 1);
}

TEST(Space, ConditionsFollowTheirSwitch) {
  const Space space({{.name = "a", .type = ParameterType::boolean, .low = 0, .high = 1},
                     {.name = "x", .low = 0, .high = 1, .active_if = "a"},
                     {.name = "b", .type = ParameterType::boolean, .low = 0, .high = 1},
                     {.name = "y", .low = 0, .high = 1, .active_if = "b"}});
  for (int bits = 0; bits < 4; ++bits) {
    const double a = bits % 2;
    const double b = bits / 2;
    const Point point = space.at(std::vector<double>{a * 0.9, 0.25, b * 0.9, 0.75});
    EXPECT_EQ(point.find("a"), a);
    EXPECT_EQ(point.find("b"), b);
    EXPECT_EQ(point.find("x"), a != 0 ? std::optional(0.25) : std::nullopt);
    EXPECT_EQ(point.find("y"), b != 0 ? std::optional(0.75) : std::nullopt);
  }
  EXPECT_TRUE(Space().at({}).values.empty());
}

RC_GTEST_PROP(Space, UnitsAndValuesGiveThePointBack, ()) {
  const Space space = *test::any_space(*rc::gen::arbitrary<bool>());
  std::vector<double> units;
  for (std::size_t i = 0; i < space.size(); ++i)
    units.push_back(*rc::gen::inRange(0, 1000) / 1000.0);
  const Point point = space.at(units);
  RC_ASSERT(space.contains(point));
  RC_ASSERT(space.nearest(space.values_of(point)) == point);
  const Point again = space.at(space.units_of(point));
  RC_ASSERT(again.values.size() == point.values.size());
  for (std::size_t i = 0; i < point.values.size(); ++i) {
    RC_ASSERT(again.values[i].first == point.values[i].first);
    RC_ASSERT(std::abs(again.values[i].second - point.values[i].second) < 1e-9);
  }
  RC_ASSERT(space.contains(space.initial()));
}

RC_GTEST_PROP(Space, CountsItsPoints, ()) {
  const Space space = *test::any_space(true);
  const std::optional<std::uint64_t> count = space.point_count();
  RC_PRE(count && *count <= 300);
  std::set<Point> seen;
  Random random(1);
  std::vector<double> units(space.size());
  for (int i = 0; i < 60'000 && seen.size() < *count; ++i) {
    for (double& unit : units) unit = random.uniform();
    seen.insert(space.at(units));
  }
  RC_ASSERT(seen.size() <= *count);
  // Logarithmic steps and conditions make some points rare.
  if (*count <= 50) RC_ASSERT(seen.size() == *count);
}

TEST(Space, KnowsWhatItDoesNotContain) {
  const Space space({{.name = "a", .type = ParameterType::boolean, .low = 0, .high = 1},
                     {.name = "x", .low = 0, .high = 1, .active_if = "a"}});
  EXPECT_TRUE(space.contains({{{"a", 0}}}));
  EXPECT_TRUE(space.contains({{{"a", 1}, {"x", 0.5}}}));
  EXPECT_FALSE(space.contains({{{"a", 1}}}));
  EXPECT_FALSE(space.contains({{{"a", 0}, {"x", 0.5}}}));
  EXPECT_FALSE(space.contains({{{"a", 1}, {"x", 1.5}}}));
  EXPECT_FALSE(space.contains({{{"a", 0.5}, {"x", 0.5}}}));
  EXPECT_FALSE(space.contains({}));
  EXPECT_EQ(space.point_count(), std::nullopt);
}

TEST(ValueAt, LogarithmicRangesGiveEqualRatiosEqualShares) {
  const Dimension real{.name = "d", .low = 0.01, .high = 100, .log = true};
  EXPECT_NEAR(value_at(real, 0.5), 1, 1e-12);
  EXPECT_NEAR(value_at(real, 0.25), 0.1, 1e-12);
  EXPECT_NEAR(unit_at(real, 10), 0.75, 1e-12);
  const Dimension whole{
      .name = "d", .type = ParameterType::integer, .low = 1, .high = 1000, .log = true};
  EXPECT_EQ(value_at(whole, 0), 1);
  EXPECT_EQ(value_at(whole, kLastUnit), 1000);
  EXPECT_EQ(value_at(whole, unit_at(whole, 37)), 37);
}

}  // namespace
}  // namespace ocrtune
