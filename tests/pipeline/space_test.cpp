#include "ocrtune/pipeline/space.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

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

}  // namespace
}  // namespace ocrtune
