#include "ocrtune/metrics/pareto.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace ocrtune {
namespace {

/// Indices of points of which none dominates another.
using Front = std::vector<std::size_t>;

/// Indices of the points; each one comes after all points that dominate it.
std::vector<std::size_t> dominating_first(std::span<const ObjectiveVector> points) {
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
  return order;
}

/// Whether a point of `front` dominates `point`. They are taken from dominating_first(), in its
/// order.
bool front_dominates(std::span<const ObjectiveVector> points, const Front& front,
                     const ObjectiveVector& point) {
  // With two objectives, the second one never rises along a front, so its last point is the only
  // one to ask; with one objective, all are equal.
  constexpr std::size_t kMaxByLast = 2;
  const std::size_t asked =
      point.size() <= kMaxByLast ? std::min<std::size_t>(front.size(), 1) : front.size();
  // The last ones are the most similar to the point, and dominate it most often.
  return std::any_of(front.rbegin(), front.rbegin() + static_cast<std::ptrdiff_t>(asked),
                     [&](std::size_t i) { return dominates(points[i], point); });
}

}  // namespace

bool dominates(std::span<const double> a, std::span<const double> b) {
  bool smaller = false;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (a[k] > b[k]) return false;
    smaller = smaller || a[k] < b[k];
  }
  return smaller;
}

std::vector<std::size_t> nondominated(std::span<const ObjectiveVector> points) {
  std::vector<std::size_t> front;
  if (points.empty()) return front;
  if (points.front().size() == 1) {
    const ObjectiveVector& least = *std::ranges::min_element(points);
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (points[i] == least) front.push_back(i);
    }
    return front;
  }
  for (const std::size_t i : dominating_first(points)) {
    if (!front_dominates(points, front, points[i])) front.push_back(i);
  }
  std::ranges::sort(front);
  return front;
}

std::vector<std::size_t> nondomination_ranks(std::span<const ObjectiveVector> points) {
  std::vector<std::size_t> ranks(points.size());
  std::vector<Front> fronts;
  for (const std::size_t i : dominating_first(points)) {
    // What a front dominates, the fronts before it dominate too.
    const auto own = std::ranges::partition_point(
        fronts, [&](const Front& front) { return front_dominates(points, front, points[i]); });
    ranks[i] = static_cast<std::size_t>(own - fronts.begin());
    if (own == fronts.end()) {
      fronts.push_back({i});
    } else {
      own->push_back(i);
    }
  }
  return ranks;
}

std::vector<double> crowding_distances(std::span<const ObjectiveVector> front) {
  const std::size_t count = front.size();
  std::vector<double> distances(count, 0);
  if (count == 0) return distances;
  std::vector<std::size_t> order(count);
  for (std::size_t k = 0; k < front[0].size(); ++k) {
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, {}, [&](std::size_t i) { return front[i][k]; });
    const double extent = front[order.back()][k] - front[order.front()][k];
    // If all values are equal there are no ends.
    if (count > 1 && extent <= 0) continue;
    distances[order.front()] = distances[order.back()] = std::numeric_limits<double>::infinity();
    for (std::size_t i = 1; i + 1 < count; ++i)
      distances[order[i]] += (front[order[i + 1]][k] - front[order[i - 1]][k]) / extent;
  }
  return distances;
}

}  // namespace ocrtune
