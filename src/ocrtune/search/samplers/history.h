#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/base/random.h"
#include "ocrtune/search/samplers/sampler.h"

namespace ocrtune {

/// The points that a sampler knows: in flight, or told with their outcomes. Not thread-safe.
class History {
 public:
  explicit History(Space space) : space_(std::move(space)) {}

  /// Marks a point as in flight.
  void begin(std::size_t number, const Point& point);

  /// Stores the outcome of a point, which need not have been in flight.
  void tell(const Outcome& outcome);

  [[nodiscard]] const Space& space() const { return space_; }

  /// In the order told.
  [[nodiscard]] const std::vector<Outcome>& outcomes() const { return outcomes_; }

  /// Points in flight, by number.
  [[nodiscard]] const std::map<std::size_t, Point>& in_flight() const { return in_flight_; }

  /// True for a point in flight or told.
  [[nodiscard]] bool knows(const Point& point) const { return known_.contains(point); }

  /// The latest outcome of a point that was told; nullptr if there is none. Valid until the next
  /// tell().
  [[nodiscard]] const Outcome* outcome_of(const Point& point) const;

  /// `candidate` or, if it is known, a similar point that is not: some parameters get other values,
  /// near ones first. Nothing if every point of the space is known.
  [[nodiscard]] std::optional<Point> unknown(const Point& candidate, Random& random) const;

 private:
  [[nodiscard]] Point neighbour(const Point& point, double reach, Random& random) const;
  [[nodiscard]] std::optional<Point> first_unknown(Point begun, std::size_t dimension) const;

  Space space_;
  std::vector<Outcome> outcomes_;
  std::map<std::size_t, Point> in_flight_;
  std::map<Point, std::size_t> known_;  // place in outcomes_, counted from 1; 0: no outcome yet
};

/// Any point, each value of a dimension as likely as any other.
Point random_point(const Space& space, Random& random);

/// Random numbers for trial `number` alone, so that they depend on no earlier draw.
inline Random random_for(std::uint64_t seed, std::size_t number) {
  return Random(mix64(seed) ^ mix64(~static_cast<std::uint64_t>(number)));
}

}  // namespace ocrtune
