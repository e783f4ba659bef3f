#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// How a density looks upon a parameter.
enum class AxisKind {
  interval,  ///< a number in [0, 1): Space's unit coordinate
  steps,     ///< one of few values in order: its place, from 0 on
  nominal    ///< one of values without order: its place
};

struct SearchAxis {
  AxisKind kind = AxisKind::interval;
  std::size_t count = 0;      ///< values; 0 for an interval
  std::vector<double> edges;  ///< of steps: count + 1 ends of their cells in unit coordinates
};

/// A point's coordinates, one for each dimension of the space; NaN where it doesn't exist.
using AxisRow = std::vector<double>;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// A space as densities need it: numbers for everything, parents found by number. Immutable;
/// thread-safe.
class SearchAxes {
 public:
  explicit SearchAxes(Space space);

  [[nodiscard]] std::size_t size() const { return axes_.size(); }
  [[nodiscard]] const SearchAxis& operator[](std::size_t dimension) const {
    return axes_[dimension];
  }

  [[nodiscard]] AxisRow row_of(const Point& point) const;
  [[nodiscard]] Point point_of(const AxisRow& row) const;

  /// Whether a dimension exists beside the earlier ones of `row`.
  [[nodiscard]] bool is_active(std::size_t dimension, const AxisRow& row) const;

 private:
  Space space_;
  std::vector<SearchAxis> axes_;
  std::vector<std::size_t> parents_;  // one's own number: none
};

}  // namespace ocrtune
