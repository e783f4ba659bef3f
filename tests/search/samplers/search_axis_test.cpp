#include "ocrtune/search/samplers/search_axis.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "ocrtune/base/random.h"
#include "support/spaces.h"

namespace ocrtune {
namespace {

Point any_point(const Space& space, Random& random) {
  std::vector<double> units(space.size());
  for (double& unit : units) unit = random.uniform();
  return space.at(units);
}

RC_GTEST_PROP(SearchAxes, PointsComeBack, ()) {
  const Space space = *test::any_space(*rc::gen::arbitrary<bool>());
  const SearchAxes axes(space);
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const Point point = any_point(space, random);
  const Point back = axes.point_of(axes.row_of(point));
  RC_ASSERT(space.contains(back));
  RC_ASSERT(back.values.size() == point.values.size());
  for (std::size_t i = 0; i < point.values.size(); ++i) {
    RC_ASSERT(back.values[i].first == point.values[i].first);
    const double size = std::abs(point.values[i].second) + 1;
    RC_ASSERT(std::abs(back.values[i].second - point.values[i].second) < 1e-12 * size);
  }
}

RC_GTEST_PROP(SearchAxes, KnowsWhatExists, ()) {
  const Space space = *test::any_space(*rc::gen::arbitrary<bool>());
  const SearchAxes axes(space);
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const AxisRow row = axes.row_of(any_point(space, random));
  for (std::size_t i = 0; i < row.size(); ++i)
    RC_ASSERT(axes.is_active(i, row) == !std::isnan(row[i]));
}

TEST(SearchAxes, CellsOfLogarithmicIntegersAreNarrowAboveAndFillTheRange) {
  const SearchAxes axes(Space({{.name = "n",
                                .type = ParameterType::integer,
                                .low = 1,
                                .high = 8,
                                .initial = 1,
                                .log = true}}));
  ASSERT_EQ(axes[0].kind, AxisKind::steps);
  const std::vector<double>& edges = axes[0].edges;
  ASSERT_EQ(edges.size(), 9U);
  EXPECT_EQ(edges.front(), 0);
  EXPECT_EQ(edges.back(), 1);
  // From 1.5 to 2.5 of 0.5 to 8.5, by their logarithms.
  EXPECT_NEAR(edges[1], std::log(3.0) / std::log(17.0), 1e-12);
  EXPECT_NEAR(edges[2], std::log(5.0) / std::log(17.0), 1e-12);
  for (std::size_t i = 2; i < edges.size(); ++i)
    EXPECT_LT(edges[i] - edges[i - 1], edges[i - 1] - edges[i - 2]);
}

}  // namespace
}  // namespace ocrtune
