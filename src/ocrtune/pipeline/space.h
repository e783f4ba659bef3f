#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// A value for every active parameter of a space, in the space's order.
struct Point {
  /// Names and values, those of inactive parameters left out.
  std::vector<std::pair<std::string, double>> values;

  /// The parameter's value; nothing if it is not active in the point.
  [[nodiscard]] std::optional<double> find(std::string_view name) const;
  /// The same parameters with the same values, in the same order.
  bool operator==(const Point&) const = default;
  /// By names and values, for maps.
  bool operator<(const Point& other) const { return values < other.values; }
};

/// The greatest coordinate, just below 1.
inline constexpr double kLastUnit = 1 - 0x1p-53;

/// One free parameter. A category's values are the indices of its choices, 0 to high.
struct Dimension {
  std::string name;                          ///< unique in its space
  ParameterType type = ParameterType::real;  ///< boolean and category have no order
  double low = 0;                            ///< included
  double high = 0;                           ///< included
  double initial = 0;  ///< where a search begins; the nearest value that the dimension has
  bool log = false;    ///< searched on a logarithmic scale; real or integer, low above 0, no step
  double step = 0;     ///< distance between values, from low on; 0: any real, 1 for integers, 2 for
                       ///< odd ones
  std::vector<std::string> choices;  ///< of a category
  std::string active_if;  ///< an earlier parameter that must exist for this one to exist; or empty
  std::vector<double> active_values;  ///< values of it for which this one exists; empty: all but 0
  bool operator==(const Dimension&) const = default;  ///< equal in every field
};

/// The value as users and files write it: a choice by its name.
std::string value_text(const Dimension& dimension, double value);

/// Distance between neighbouring values; 0 for a real without step.
double step_of(const Dimension& dimension);

/// Number of values; 0 for a real without step or with low < high too close together to
/// distinguish.
std::uint64_t value_count(const Dimension& dimension);

/// True for a boolean or category: its values have no order.
bool is_nominal(const Dimension& dimension);

/// The free parameters of a pipeline with their ranges and conditions. Immutable; thread-safe.
class Space {
 public:
  /// A space without parameters: its only point is empty.
  Space() = default;
  /// In this order; a dimension's `active_if` must come before it.
  explicit Space(std::vector<Dimension> dimensions) : dimensions_(std::move(dimensions)) {}

  /// In the space's order.
  [[nodiscard]] const std::vector<Dimension>& dimensions() const { return dimensions_; }
  /// Number of dimensions.
  [[nodiscard]] std::size_t size() const { return dimensions_.size(); }

  /// The point at `unit` coordinates, one in [0, 1) for each dimension. For a uniform coordinate,
  /// every value of a dimension with steps is equally likely, including the upper end; with `log`,
  /// equal ratios are equally likely. Inactive parameters are left out.
  [[nodiscard]] Point at(std::span<const double> unit) const;

  /// The point nearest to the given values, one for each dimension; inactive ones are left out.
  [[nodiscard]] Point nearest(std::span<const double> values) const;

  /// Values for all dimensions: the point's own and, for those it leaves out, the initial ones.
  [[nodiscard]] std::vector<double> values_of(const Point& point) const;

  /// Coordinates for all dimensions, as unit_at: the point's own and, for those it leaves out,
  /// those of the initial values. at() gives the same point back.
  [[nodiscard]] std::vector<double> units_of(const Point& point) const;

  /// Whether dimension `index` is active given the values of the earlier ones in `point`.
  [[nodiscard]] bool is_active(std::size_t index, const Point& point) const;

  /// The dimensions that are active in `point`, are ordered and have more than one value.
  [[nodiscard]] std::vector<std::size_t> movable(const Point& point) const;

  /// True if the point has exactly the active parameters, in order, each at a value it can take.
  [[nodiscard]] bool contains(const Point& point) const;

  /// The parameters of a point: "name=value" each.
  [[nodiscard]] std::vector<std::string> texts_of(const Point& point) const;

  /// The point of all initial values.
  [[nodiscard]] Point initial() const;

  /// Number of points, inactive parameters not counted; nothing if it is infinite or above 2^53.
  [[nodiscard]] std::optional<std::uint64_t> point_count() const;

 private:
  std::vector<Dimension> dimensions_;
};

/// Value of one dimension at a coordinate in [0, 1).
double value_at(const Dimension& dimension, double unit);

/// A coordinate whose value_at is `value`, which the dimension must have; for values with steps the
/// middle of their interval.
double unit_at(const Dimension& dimension, double value);

/// The value of the dimension that is nearest to `value`.
double nearest_value(const Dimension& dimension, double value);

}  // namespace ocrtune
