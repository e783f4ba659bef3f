#include "ocrtune/search/samplers/outcome_order.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <tuple>

#include "ocrtune/metrics/pareto.h"

namespace ocrtune {
namespace {

// The differences of such numbers are finite too.
constexpr double kWorst = 1e300;

double finite(double value) {
  return std::isnan(value) ? kWorst : std::clamp(value, -kWorst, kWorst);
}

std::vector<ObjectiveVector> vectors_of(std::span<const Outcome> outcomes,
                                        std::span<const std::size_t> places) {
  std::vector<ObjectiveVector> vectors;
  for (const std::size_t place : places) {
    vectors.push_back(outcomes[place].values);
    for (double& value : vectors.back()) value = finite(value);
  }
  return vectors;
}

/// Indices of the points, front by front, and within a front by decreasing crowding distance; ties
/// keep their order.
std::vector<std::size_t> by_fronts(std::span<const ObjectiveVector> points) {
  const std::vector<std::size_t> ranks = nondomination_ranks(points);
  std::vector<std::size_t> order(points.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return ranks[i]; });
  std::vector<double> crowding(points.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && ranks[order[end]] == ranks[order[begin]]) ++end;
    const std::span<std::size_t> members = std::span(order).subspan(begin, end - begin);
    std::vector<ObjectiveVector> front;
    for (const std::size_t i : members) front.push_back(points[i]);
    const std::vector<double> distances = crowding_distances(front);
    for (std::size_t i = 0; i < members.size(); ++i) crowding[members[i]] = distances[i];
    std::ranges::stable_sort(members, std::ranges::greater(),
                             [&](std::size_t i) { return crowding[i]; });
  }
  return order;
}

/// Costs, small for good outcomes: positions in the order of fronts and crowding distances.
/// Outcomes that break constraints are ordered by their violation alone.
std::vector<double> costs_of_fronts(std::span<const Outcome> outcomes) {
  std::vector<std::size_t> feasible;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!(outcomes[i].violation > 0)) feasible.push_back(i);
  }
  std::vector<double> costs(outcomes.size());
  double place = 0;
  for (const std::size_t i : by_fronts(vectors_of(outcomes, feasible)))
    costs[feasible[i]] = place++;
  return costs;
}

std::vector<double> costs_of(std::span<const Outcome> outcomes) {
  if (!outcomes.empty() && outcomes.front().values.size() > 1) return costs_of_fronts(outcomes);
  std::vector<double> costs;
  for (const Outcome& outcome : outcomes) costs.push_back(finite(outcome.values.front()));
  return costs;
}

/// The maximum cost of the better half of the outcomes that were not pruned.
double better_half(std::span<const Outcome> outcomes, std::span<const double> costs) {
  std::vector<double> complete;
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (!outcomes[i].pruned && !(outcomes[i].violation > 0)) complete.push_back(costs[i]);
  }
  if (complete.empty()) return -kWorst;
  const auto middle = complete.begin() + static_cast<std::ptrdiff_t>((complete.size() - 1) / 2);
  std::ranges::nth_element(complete, middle);
  return *middle;
}

}  // namespace

std::vector<std::size_t> best_first(std::span<const Outcome> outcomes) {
  std::vector<double> costs = costs_of(outcomes);
  const double least = better_half(outcomes, costs);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    if (outcomes[i].pruned) costs[i] = std::max(costs[i], least);
  }
  std::vector<std::size_t> order(outcomes.size());
  std::iota(order.begin(), order.end(), 0U);
  const auto key = [&](std::size_t i) {
    return std::tuple(std::max(0.0, finite(outcomes[i].violation)), costs[i], outcomes[i].pruned);
  };
  std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) { return key(a) < key(b); });
  return order;
}

}  // namespace ocrtune
