#include "ocrtune/pipeline/space.h"

#include <algorithm>
#include <cmath>

namespace ocrtune {

std::optional<double> Point::find(std::string_view name) const {
  for (const auto& [known, value] : values) {
    if (known == name) return value;
  }
  return std::nullopt;
}

double value_at(const Dimension& dimension, double unit) {
  const double span = dimension.high - dimension.low;
  if (dimension.type == ParameterType::real) return dimension.low + unit * span;
  const double step = dimension.type == ParameterType::odd ? 2 : 1;
  const double count = std::floor(span / step) + 1;
  return dimension.low + step * std::min(std::floor(unit * count), count - 1);
}

Point Space::at(std::span<const double> unit) const {
  Point point;
  for (std::size_t i = 0; i < dimensions_.size(); ++i) {
    const Dimension& dimension = dimensions_[i];
    if (!dimension.active_if.empty() && point.find(dimension.active_if).value_or(0) == 0) continue;
    point.values.emplace_back(dimension.name, value_at(dimension, unit[i]));
  }
  return point;
}

}  // namespace ocrtune
