#include "ocrtune/metrics/pareto.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace ocrtune {
bool dominates(std::span<const double> a, std::span<const double> b) {
  bool smaller = false;
  for (std::size_t k = 0; k < a.size(); ++k) {
    if (a[k] > b[k]) return false;
    smaller = smaller || a[k] < b[k];
  }
  return smaller;
}

std::vector<std::size_t> nondomination_ranks(std::span<const ObjectiveVector> points) {
  const std::size_t count = points.size();
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  // A point comes after all points that dominate it, so their ranks are known.
  std::ranges::sort(order, [&](std::size_t a, std::size_t b) { return points[a] < points[b]; });
  std::vector<std::size_t> ranks(count, 0);
  for (std::size_t i = 1; i < count; ++i) {
    std::size_t& rank = ranks[order[i]];
    for (std::size_t j = 0; j < i; ++j) {
      if (ranks[order[j]] >= rank && dominates(points[order[j]], points[order[i]]))
        rank = ranks[order[j]] + 1;
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
