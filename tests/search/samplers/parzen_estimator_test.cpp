#include "ocrtune/search/samplers/parzen_estimator.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>

#include "support/spaces.h"

namespace ocrtune {
namespace {

std::vector<AxisRow> any_rows(const Space& space, const SearchAxes& axes, std::size_t count,
                              std::uint64_t seed) {
  Random random(seed);
  std::vector<AxisRow> rows;
  for (std::size_t i = 0; i < count; ++i) {
    std::vector<double> units(space.size());
    for (double& unit : units) unit = random.uniform();
    rows.push_back(axes.row_of(space.at(units)));
  }
  return rows;
}

ParzenEstimator estimator_of(const SearchAxes& axes, const std::vector<AxisRow>& rows,
                             const ParzenSettings& settings = {}) {
  std::vector<const AxisRow*> pointers;
  for (const AxisRow& row : rows) pointers.push_back(&row);
  return {axes, pointers, std::vector<double>(rows.size(), 1), settings};
}

/// All rows of a space whose parameters have few values.
void add_rows(const SearchAxes& axes, AxisRow begun, std::size_t dimension,
              std::vector<AxisRow>& rows) {
  if (dimension == axes.size()) {
    rows.push_back(begun);
    return;
  }
  if (!axes.is_active(dimension, begun)) {
    begun[dimension] = kMissing;
    add_rows(axes, begun, dimension + 1, rows);
    return;
  }
  for (std::size_t i = 0; i < axes[dimension].count; ++i) {
    begun[dimension] = static_cast<double>(i);
    add_rows(axes, begun, dimension + 1, rows);
  }
}

std::vector<AxisRow> all_rows(const SearchAxes& axes) {
  std::vector<AxisRow> rows;
  add_rows(axes, AxisRow(axes.size(), kMissing), 0, rows);
  return rows;
}

RC_GTEST_PROP(ParzenEstimator, ProbabilitiesOfAFiniteSpaceSumToOne, ()) {
  const Space space = *test::any_space(true);
  RC_PRE(space.point_count().value_or(1e9) <= 5000);
  const SearchAxes axes(space);
  const auto count = static_cast<std::size_t>(*rc::gen::inRange(0, 12));
  const auto rows = any_rows(space, axes, count, *rc::gen::arbitrary<std::uint64_t>());
  const ParzenEstimator estimator = estimator_of(axes, rows);
  double sum = 0;
  for (const AxisRow& row : all_rows(axes)) sum += std::exp(estimator.log_density(row));
  RC_ASSERT(std::abs(sum - 1) < 1e-9);
}

RC_GTEST_PROP(ParzenEstimator, DrawsLieInTheSpace, ()) {
  const Space space = *test::any_space(*rc::gen::arbitrary<bool>());
  const SearchAxes axes(space);
  const auto rows = any_rows(space, axes, 7, *rc::gen::arbitrary<std::uint64_t>());
  const ParzenEstimator estimator = estimator_of(axes, rows);
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  for (int i = 0; i < 20; ++i) {
    const AxisRow row = estimator.drawn(random);
    RC_ASSERT(space.contains(axes.point_of(row)));
    RC_ASSERT(std::isfinite(estimator.log_density(row)));
  }
}

TEST(ParzenEstimator, DensityOfAnIntervalIntegratesToOne) {
  const Space space({{.name = "x", .low = 0, .high = 1, .initial = 0.5}});
  const SearchAxes axes(space);
  const ParzenEstimator estimator = estimator_of(axes, {{0.02}, {0.3}, {0.31}, {0.99}});
  double sum = 0;
  constexpr int kParts = 10000;
  for (int i = 0; i < kParts; ++i) sum += std::exp(estimator.log_density({(i + 0.5) / kParts}));
  EXPECT_NEAR(sum / kParts, 1, 1e-5);
}

TEST(ParzenEstimator, DrawsFollowTheDensity) {
  const Space space(
      {{.name = "way", .type = ParameterType::category, .high = 2, .choices = {"a", "b", "c"}},
       {.name = "n",
        .type = ParameterType::integer,
        .low = 1,
        .high = 7,
        .initial = 1,
        .log = true,
        .active_if = "way",
        .active_values = {1}},
       {.name = "on", .type = ParameterType::boolean, .high = 1}});
  const SearchAxes axes(space);
  const ParzenEstimator estimator = estimator_of(
      axes, {{1, 2, 0}, {0, kMissing, 1}, {1, 6, 1}, {2, kMissing, 1}, {0, kMissing, 0}});
  std::map<std::vector<std::pair<std::string, double>>, double> shares;
  Random random(3);
  constexpr int kDraws = 200000;
  for (int i = 0; i < kDraws; ++i)
    shares[axes.point_of(estimator.drawn(random)).values] += 1.0 / kDraws;
  for (const AxisRow& row : all_rows(axes)) {
    const double probability = std::exp(estimator.log_density(row));
    const double deviation = std::sqrt(probability / kDraws);
    EXPECT_NEAR(shares[axes.point_of(row).values], probability, 5 * deviation);
  }
}

TEST(ParzenEstimator, KernelsAreNarrowWhereRowsAgree) {
  const Space space({{.name = "x", .low = 0, .high = 1, .initial = 0.5},
                     {.name = "y", .low = 0, .high = 1, .initial = 0.5}});
  const SearchAxes axes(space);
  std::vector<AxisRow> rows;
  for (int i = 0; i < 10; ++i) rows.push_back({0.5 + 0.001 * i, 0.05 + 0.1 * i});
  const ParzenEstimator estimator = estimator_of(axes, rows, {.prior_weight = 0.01});
  const double at = estimator.log_density({0.505, 0.5});
  EXPECT_GT(at - estimator.log_density({0.605, 0.5}), 2);
  EXPECT_LT(std::abs(at - estimator.log_density({0.505, 0.6})), 0.5);
}

}  // namespace
}  // namespace ocrtune
