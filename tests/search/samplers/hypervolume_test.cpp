#include "support/hypervolume.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

namespace ocrtune::test {
namespace {

constexpr int kGrid = 6;

/// Points on a small grid, so that ties and repetitions are common.
std::vector<ObjectiveVector> any_points(std::size_t objectives) {
  std::vector<ObjectiveVector> points(static_cast<std::size_t>(*rc::gen::inRange(0, 13)));
  for (ObjectiveVector& point : points) {
    for (std::size_t k = 0; k < objectives; ++k) point.push_back(*rc::gen::inRange(0, kGrid + 2));
  }
  return points;
}

/// The number of the grid's cells that some point covers.
double counted_cells(const std::vector<ObjectiveVector>& points, std::size_t objectives) {
  const auto cells = static_cast<std::size_t>(std::pow(kGrid, objectives));
  double count = 0;
  for (std::size_t cell = 0; cell < cells; ++cell) {
    count += std::ranges::any_of(points, [&](const ObjectiveVector& point) {
      std::size_t rest = cell;
      for (const double value : point) {
        if (static_cast<double>(rest % kGrid) < value) return false;
        rest /= kGrid;
      }
      return true;
    });
  }
  return count;
}

RC_GTEST_PROP(Hypervolume, IsTheCountOfCells, ()) {
  const std::size_t objectives = static_cast<std::size_t>(*rc::gen::inRange(1, 6));
  const std::vector<ObjectiveVector> points = any_points(objectives);
  const ObjectiveVector reference(objectives, kGrid);
  RC_ASSERT(std::abs(hypervolume(points, reference) - counted_cells(points, objectives)) < 1e-9);
}

TEST(Hypervolume, OfManyPointsOnASphere) {
  // The sphere's octant of radius 1 as a front of negated values: fine points fill nearly all of
  // it.
  std::vector<ObjectiveVector> points;
  constexpr int kSteps = 100;
  for (int i = 0; i < kSteps; ++i) {
    for (int j = 0; j < kSteps; ++j) {
      const double polar = (i + 0.5) / kSteps * std::acos(0.0);
      const double turn = (j + 0.5) / kSteps * std::acos(0.0);
      points.push_back(
          {-std::sin(polar) * std::cos(turn), -std::sin(polar) * std::sin(turn), -std::cos(polar)});
    }
  }
  EXPECT_NEAR(hypervolume(points, ObjectiveVector{0, 0, 0}), std::acos(-1.0) / 6, 0.015);
}

}  // namespace
}  // namespace ocrtune::test
