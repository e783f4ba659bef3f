#include "ocrtune/search/samplers/search_axis.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace ocrtune {
namespace {

// With more values, a cell is so small that the density at its middle is accurate enough.
constexpr std::uint64_t kMaxSteps = 64;

double whole(double place, std::size_t count) {
  return std::clamp(std::floor(place), 0.0, static_cast<double>(count - 1));
}

SearchAxis axis_of(const Dimension& dimension) {
  const std::uint64_t count = value_count(dimension);
  if (is_nominal(dimension)) return {AxisKind::nominal, count, {}};
  if (count == 0 || count > kMaxSteps) return {};
  SearchAxis axis{AxisKind::steps, count, {0}};
  const double step = step_of(dimension);
  for (std::size_t i = 1; i < count; ++i) {
    const double place = static_cast<double>(i);
    axis.edges.push_back(dimension.log ? unit_at(dimension, dimension.low + (place - 0.5) * step)
                                       : place / static_cast<double>(count));
  }
  axis.edges.push_back(1);
  return axis;
}

double coordinate_of(const SearchAxis& axis, const Dimension& dimension, double value) {
  if (axis.kind == AxisKind::interval) return unit_at(dimension, value);
  if (axis.count == 1) return 0;
  return whole((value - dimension.low) / step_of(dimension) + 0.5, axis.count);
}

double value_of(const SearchAxis& axis, const Dimension& dimension, double coordinate) {
  if (axis.kind == AxisKind::interval) return value_at(dimension, coordinate);
  return nearest_value(dimension, dimension.low + coordinate * step_of(dimension));
}

}  // namespace

SearchAxes::SearchAxes(Space space) : space_(std::move(space)) {
  for (std::size_t i = 0; i < space_.size(); ++i) {
    const Dimension& dimension = space_.dimensions()[i];
    axes_.push_back(axis_of(dimension));
    parents_.push_back(i);
    for (std::size_t j = 0; j < i; ++j) {
      if (space_.dimensions()[j].name == dimension.active_if) parents_.back() = j;
    }
  }
}

AxisRow SearchAxes::row_of(const Point& point) const {
  AxisRow row(size(), kMissing);
  auto next = point.values.begin();
  for (std::size_t i = 0; i < size() && next != point.values.end(); ++i) {
    const Dimension& dimension = space_.dimensions()[i];
    if (next->first != dimension.name) continue;
    row[i] = coordinate_of(axes_[i], dimension, next->second);
    ++next;
  }
  return row;
}

Point SearchAxes::point_of(const AxisRow& row) const {
  Point point;
  for (std::size_t i = 0; i < size(); ++i) {
    if (std::isnan(row[i])) continue;
    const Dimension& dimension = space_.dimensions()[i];
    point.values.emplace_back(dimension.name, value_of(axes_[i], dimension, row[i]));
  }
  return point;
}

bool SearchAxes::is_active(std::size_t dimension, const AxisRow& row) const {
  const std::size_t parent = parents_[dimension];
  const Dimension& child = space_.dimensions()[dimension];
  if (child.active_if.empty()) return true;
  if (parent == dimension || std::isnan(row[parent])) return false;
  const double value = value_of(axes_[parent], space_.dimensions()[parent], row[parent]);
  if (child.active_values.empty()) return value != 0;
  return std::ranges::find(child.active_values, value) != child.active_values.end();
}

}  // namespace ocrtune
