#include "ocrtune/pipeline/space.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace ocrtune {
namespace {

constexpr double kMaxPoints = 0x1p53;

/// Integers on a logarithmic scale have the same share as the reals that round to them.
struct LogRange {
  double low = 0;
  double high = 0;
};

LogRange log_range(const Dimension& dimension) {
  const double half = dimension.type == ParameterType::real ? 0 : 0.5;
  return {std::log(dimension.low - half), std::log(dimension.high + half)};
}

double clamped(const Dimension& dimension, double value) {
  return std::clamp(value, dimension.low, dimension.high);
}

/// Whether a dimension is active if its parent has `value`.
bool exists_at(const Dimension& dimension, double value) {
  if (dimension.active_values.empty()) return value != 0;
  return std::ranges::find(dimension.active_values, value) != dimension.active_values.end();
}

/// Counts points of `dimensions` as doubles, which are exact up to kMaxPoints; 0: infinite.
class PointCounter {
 public:
  explicit PointCounter(const std::vector<Dimension>& dimensions) : dimensions_(dimensions) {}

  double count() const {
    double product = 1;
    for (std::size_t i = 0; i < dimensions_.size(); ++i) {
      if (dimensions_[i].active_if.empty()) product *= below(i);
    }
    return product;
  }

 private:
  /// Points of dimension `index` and all that depend on it.
  double below(std::size_t index) const {
    const Dimension& parent = dimensions_[index];
    std::vector<std::size_t> children;
    std::vector<double> special{0};
    for (std::size_t i = index + 1; i < dimensions_.size(); ++i) {
      if (dimensions_[i].active_if != parent.name) continue;
      children.push_back(i);
      special.insert(special.end(), dimensions_[i].active_values.begin(),
                     dimensions_[i].active_values.end());
    }
    const auto all = static_cast<double>(value_count(parent));
    if (all == 0 || children.empty()) return all;
    std::ranges::sort(special);
    special.erase(std::unique(special.begin(), special.end()), special.end());
    std::erase_if(special, [&](double value) { return nearest_value(parent, value) != value; });
    double sum = 0;
    for (const double value : special) sum += product_at(children, value);
    // All other values are equivalent: they activate the dimensions that only require "not 0".
    const double others = all - static_cast<double>(special.size());
    if (others > 0) {
      double product = others;
      for (const std::size_t child : children)
        product *= dimensions_[child].active_values.empty() ? below(child) : 1;
      sum += product;
    }
    return any_infinite(children) ? 0 : sum;
  }

  double product_at(const std::vector<std::size_t>& children, double value) const {
    double product = 1;
    for (const std::size_t child : children) {
      if (exists_at(dimensions_[child], value)) product *= below(child);
    }
    return product;
  }

  bool any_infinite(const std::vector<std::size_t>& children) const {
    return std::ranges::any_of(children, [&](std::size_t child) { return below(child) == 0; });
  }

  const std::vector<Dimension>& dimensions_;
};

}  // namespace

std::optional<double> Point::find(std::string_view name) const {
  for (const auto& [known, value] : values) {
    if (known == name) return value;
  }
  return std::nullopt;
}

std::string value_text(const Dimension& dimension, double value) {
  return value_text(dimension.type, dimension.choices, value);
}

double step_of(const Dimension& dimension) {
  if (dimension.step > 0) return dimension.step;
  if (dimension.type == ParameterType::real) return 0;
  return dimension.type == ParameterType::odd ? 2 : 1;
}

std::uint64_t value_count(const Dimension& dimension) {
  const double step = step_of(dimension);
  if (dimension.high <= dimension.low) return 1;
  if (step == 0) return 0;
  // A difference of 1e-10 steps at the end of the range is a rounding error.
  const double count = std::floor((dimension.high - dimension.low) / step + 1e-10) + 1;
  return count < kMaxPoints ? static_cast<std::uint64_t>(count) : 0;
}

bool is_nominal(const Dimension& dimension) {
  return dimension.type == ParameterType::boolean || dimension.type == ParameterType::category;
}

double value_at(const Dimension& dimension, double unit) {
  if (dimension.log) {
    const LogRange range = log_range(dimension);
    const double value = std::exp(range.low + unit * (range.high - range.low));
    return clamped(dimension,
                   dimension.type == ParameterType::real ? value : std::nearbyint(value));
  }
  const double step = step_of(dimension);
  if (step == 0) return clamped(dimension, dimension.low + unit * (dimension.high - dimension.low));
  const auto count = static_cast<double>(value_count(dimension));
  return clamped(dimension, dimension.low + step * std::min(std::floor(unit * count), count - 1));
}

double unit_at(const Dimension& dimension, double value) {
  if (dimension.high <= dimension.low) return 0.5;
  if (dimension.log) {
    const LogRange range = log_range(dimension);
    return std::clamp((std::log(value) - range.low) / (range.high - range.low), 0.0, kLastUnit);
  }
  const double step = step_of(dimension);
  if (step == 0) {
    return std::clamp((value - dimension.low) / (dimension.high - dimension.low), 0.0, kLastUnit);
  }
  const double place = std::round((value - dimension.low) / step);
  return (place + 0.5) / static_cast<double>(value_count(dimension));
}

double nearest_value(const Dimension& dimension, double value) {
  const double inside = clamped(dimension, value);
  const double step = step_of(dimension);
  if (step == 0) return inside;
  const auto count = static_cast<double>(value_count(dimension));
  const double place = std::min(std::round((inside - dimension.low) / step), count - 1);
  return clamped(dimension, dimension.low + step * place);
}

bool Space::is_active(std::size_t index, const Point& point) const {
  const Dimension& dimension = dimensions_[index];
  if (dimension.active_if.empty()) return true;
  const std::optional<double> parent = point.find(dimension.active_if);
  return parent && exists_at(dimension, *parent);
}

Point Space::at(std::span<const double> unit) const {
  Point point;
  for (std::size_t i = 0; i < dimensions_.size(); ++i) {
    if (is_active(i, point))
      point.values.emplace_back(dimensions_[i].name, value_at(dimensions_[i], unit[i]));
  }
  return point;
}

Point Space::nearest(std::span<const double> values) const {
  Point point;
  for (std::size_t i = 0; i < dimensions_.size(); ++i) {
    if (is_active(i, point))
      point.values.emplace_back(dimensions_[i].name, nearest_value(dimensions_[i], values[i]));
  }
  return point;
}

std::vector<double> Space::values_of(const Point& point) const {
  std::vector<double> values;
  values.reserve(dimensions_.size());
  for (const Dimension& dimension : dimensions_) {
    values.push_back(
        point.find(dimension.name).value_or(nearest_value(dimension, dimension.initial)));
  }
  return values;
}

std::vector<double> Space::units_of(const Point& point) const {
  std::vector<double> units = values_of(point);
  for (std::size_t i = 0; i < units.size(); ++i) units[i] = unit_at(dimensions_[i], units[i]);
  return units;
}

std::vector<std::size_t> Space::movable(const Point& point) const {
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < dimensions_.size(); ++i) {
    const bool moves = !is_nominal(dimensions_[i]) && value_count(dimensions_[i]) != 1;
    if (moves && is_active(i, point)) found.push_back(i);
  }
  return found;
}

std::vector<std::string> Space::texts_of(const Point& point) const {
  std::vector<std::string> texts;
  for (const Dimension& dimension : dimensions_) {
    const std::optional<double> value = point.find(dimension.name);
    if (!value) continue;
    texts.push_back(is_nominal(dimension)
                        ? fmt::format("{}={}", dimension.name, value_text(dimension, *value))
                        : fmt::format("{}={:.4g}", dimension.name, *value));
  }
  return texts;
}

bool Space::contains(const Point& point) const {
  std::size_t place = 0;
  for (std::size_t i = 0; i < dimensions_.size(); ++i) {
    if (!is_active(i, point)) continue;
    if (place == point.values.size()) return false;
    const auto& [name, value] = point.values[place++];
    if (name != dimensions_[i].name || nearest_value(dimensions_[i], value) != value) return false;
  }
  return place == point.values.size();
}

Point Space::initial() const { return nearest(values_of({})); }

std::optional<std::uint64_t> Space::point_count() const {
  const double count = PointCounter(dimensions_).count();
  if (count == 0 || !(count <= kMaxPoints)) return std::nullopt;
  return static_cast<std::uint64_t>(count);
}

}  // namespace ocrtune
