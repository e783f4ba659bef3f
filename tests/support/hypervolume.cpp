#include "support/hypervolume.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

namespace ocrtune::test {
namespace {

using Front = std::vector<ObjectiveVector>;

/// The area below a staircase of points that grows point by point.
class Staircase {
 public:
  Staircase(double right, double top) {
    // Sentinels spare every look for a neighbour at the ends.
    steps_.emplace(-std::numeric_limits<double>::infinity(), top);
    steps_.emplace(right, -std::numeric_limits<double>::infinity());
  }

  /// (x, y) lies below the reference.
  void add(double x, double y) {
    auto next = steps_.upper_bound(x);
    double level = std::prev(next)->second;
    if (level <= y) return;
    double left = x;
    while (true) {
      area_ += (next->first - left) * (level - y);
      if (next->second < y) break;
      left = next->first;
      level = next->second;
      next = steps_.erase(next);
    }
    steps_.insert_or_assign(x, y);
  }

  [[nodiscard]] double area() const { return area_; }

 private:
  std::map<double, double> steps_;  // x -> y, falling
  double area_ = 0;
};

double area_of(const Front& points, std::span<const double> reference) {
  Staircase stairs(reference[0], reference[1]);
  for (const ObjectiveVector& point : points) stairs.add(point[0], point[1]);
  return stairs.area();
}

/// `points` rise in the third objective: slices between one and the next.
double volume_of(const Front& points, std::span<const double> reference) {
  Staircase stairs(reference[0], reference[1]);
  double volume = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    stairs.add(points[i][0], points[i][1]);
    const double end = i + 1 < points.size() ? points[i + 1][2] : reference[2];
    volume += stairs.area() * (end - points[i][2]);
  }
  return volume;
}

double box_of(const ObjectiveVector& point, std::span<const double> reference) {
  double volume = 1;
  for (std::size_t k = 0; k < reference.size(); ++k) volume *= reference[k] - point[k];
  return volume;
}

/// The points that no other one dominates or repeats. Beforehand few of many are kept as a rule, so
/// that looking among the kept ones is cheap.
Front front_of(Front points) {
  std::ranges::sort(points);
  Front front;
  for (ObjectiveVector& point : points) {
    const bool beaten = std::ranges::any_of(front, [&](const ObjectiveVector& other) {
      return other == point || dominates(other, point);
    });
    if (!beaten) front.push_back(std::move(point));
  }
  return front;
}

/// The corners that `others` cut out of the box of `point`, in the first `objectives` only.
Front corners(const ObjectiveVector& point, std::span<const ObjectiveVector> others,
              std::size_t objectives) {
  Front result;
  result.reserve(others.size());
  for (const ObjectiveVector& other : others) {
    ObjectiveVector corner(objectives);
    for (std::size_t k = 0; k < objectives; ++k) corner[k] = std::max(point[k], other[k]);
    result.push_back(std::move(corner));
  }
  return result;
}

/// All points lie below the reference.
double hypervolume_of(Front points, std::span<const double> reference) {
  const std::size_t last = reference.size() - 1;
  if (points.empty()) return 0;
  if (last == 0) return reference[0] - (*std::ranges::min_element(points))[0];
  if (last == 1) return area_of(points, reference);
  if (last > 2) points = front_of(std::move(points));
  std::ranges::sort(points, {}, [last](const ObjectiveVector& point) { return point[last]; });
  if (last == 2) return volume_of(points, reference);
  // What a point adds to those before it: they reach as deep as it does in the last objective.
  double volume = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const auto before = std::span<const ObjectiveVector>(points).first(i);
    const auto base = reference.first(last);
    const double taken = hypervolume_of(corners(points[i], before, last), base);
    volume += (reference[last] - points[i][last]) * (box_of(points[i], base) - taken);
  }
  return volume;
}

bool is_below(const ObjectiveVector& point, std::span<const double> reference) {
  return std::ranges::equal(point, reference, std::ranges::less{});
}

}  // namespace

double hypervolume(std::span<const ObjectiveVector> points, std::span<const double> reference) {
  if (reference.empty()) return 0;
  Front below;
  std::ranges::copy_if(points, std::back_inserter(below),
                       [&](const ObjectiveVector& point) { return is_below(point, reference); });
  return hypervolume_of(std::move(below), reference);
}

}  // namespace ocrtune::test
