#include "ocrtune/search/samplers/history.h"

#include <algorithm>
#include <cmath>

namespace ocrtune {

void History::begin(std::size_t number, const Point& point) {
  in_flight_.emplace(number, point);
  known_.try_emplace(point, 0);
}

void History::tell(const Outcome& outcome) {
  in_flight_.erase(outcome.number);
  outcomes_.push_back(outcome);
  known_[outcome.point] = outcomes_.size();
}

const Outcome* History::outcome_of(const Point& point) const {
  const auto found = known_.find(point);
  return found == known_.end() || found->second == 0 ? nullptr : &outcomes_[found->second - 1];
}

std::optional<Point> History::unknown(const Point& candidate, Random& random) const {
  if (!knows(candidate)) return candidate;
  const std::optional<std::uint64_t> count = space_.point_count();
  if (count && known_.size() >= *count) return std::nullopt;
  constexpr int kTries = 200;
  for (int i = 1; i <= kTries; ++i) {
    const Point point = neighbour(candidate, static_cast<double>(i) / kTries, random);
    if (!knows(point)) return point;
  }
  // Almost all points are known, so the space is small.
  return first_unknown({}, 0);
}

/// Changes each parameter with probability `reach`, at least one on average.
Point History::neighbour(const Point& point, double reach, Random& random) const {
  std::vector<double> units = space_.units_of(point);
  const double share = std::max(reach, 1.0 / static_cast<double>(units.size()));
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (!random.chance(share)) continue;
    const Dimension& dimension = space_.dimensions()[i];
    const auto count = static_cast<double>(value_count(dimension));
    // Far enough to leave the value's own cell.
    const double deviation = std::max(reach / 4, count > 0 ? 1 / count : 0.001);
    const double moved = units[i] + random.normal(0, deviation);
    const bool anywhere = is_nominal(dimension) || moved < 0 || moved >= 1;
    units[i] = anywhere ? random.uniform() : moved;
  }
  return space_.at(units);
}

std::optional<Point> History::first_unknown(Point begun, std::size_t dimension) const {
  if (dimension == space_.size())
    return knows(begun) ? std::nullopt : std::optional(std::move(begun));
  if (!space_.is_active(dimension, begun)) return first_unknown(std::move(begun), dimension + 1);
  const Dimension& here = space_.dimensions()[dimension];
  const std::uint64_t steps = value_count(here);
  // A real without steps has more values than there are known points.
  const std::uint64_t count = steps > 0 ? steps : known_.size() + 1;
  for (std::uint64_t i = 0; i < count; ++i) {
    Point longer = begun;
    const double place = static_cast<double>(i);
    longer.values.emplace_back(
        here.name, steps > 0 ? nearest_value(here, here.low + place * step_of(here))
                             : value_at(here, (place + 0.5) / static_cast<double>(count)));
    if (auto found = first_unknown(std::move(longer), dimension + 1)) return found;
  }
  return std::nullopt;
}

Point random_point(const Space& space, Random& random) {
  std::vector<double> units(space.size());
  for (double& unit : units) unit = random.uniform();
  return space.at(units);
}

}  // namespace ocrtune
