#pragma once

#include <cstddef>
#include <limits>
#include <vector>

#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// How a density treats a parameter.
enum class AxisKind {
  interval,  ///< a number in [0, 1): Space's unit coordinate
  steps,     ///< one of few ordered values: its index from 0
  nominal    ///< one of several unordered values: its index
};

struct SearchAxis {
  AxisKind kind = AxisKind::interval;
  std::size_t count = 0;      ///< values; 0 for an interval
  std::vector<double> edges;  ///< for steps: count + 1 bounds of their cells in unit coordinates
};

/// A point's coordinates, one for each dimension of the space; NaN for an inactive one.
using AxisRow = std::vector<double>;

constexpr double kMissing = std::numeric_limits<double>::quiet_NaN();

/// A space in the form that densities use: numbers for all values, and parents as indices.
/// Immutable; thread-safe.
class SearchAxes {
 public:
  explicit SearchAxes(Space space);

  [[nodiscard]] std::size_t size() const { return axes_.size(); }
  [[nodiscard]] const SearchAxis& operator[](std::size_t dimension) const {
    return axes_[dimension];
  }

  [[nodiscard]] AxisRow row_of(const Point& point) const;
  [[nodiscard]] Point point_of(const AxisRow& row) const;

  /// True if a dimension is active, given the earlier ones of `row`.
  [[nodiscard]] bool is_active(std::size_t dimension, const AxisRow& row) const;

 private:
  Space space_;
  std::vector<SearchAxis> axes_;
  std::vector<std::size_t> parents_;  // own index: no parent
};

}  // namespace ocrtune
