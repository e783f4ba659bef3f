#pragma once

#include <cstddef>
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
  std::vector<std::pair<std::string, double>> values;

  [[nodiscard]] std::optional<double> find(std::string_view name) const;
  bool operator==(const Point&) const = default;
};

/// One free parameter.
struct Dimension {
  std::string name;
  ParameterType type = ParameterType::real;
  double low = 0;
  double high = 0;  ///< included
  double initial = 0;
  std::string active_if;  ///< name of the boolean that must be true for this one to exist; or empty
};

/// The free parameters of a pipeline with their ranges and conditions. Immutable; thread-safe.
class Space {
 public:
  Space() = default;
  explicit Space(std::vector<Dimension> dimensions) : dimensions_(std::move(dimensions)) {}

  [[nodiscard]] const std::vector<Dimension>& dimensions() const { return dimensions_; }
  [[nodiscard]] std::size_t size() const { return dimensions_.size(); }

  /// The point at `unit` coordinates, one in [0, 1) for each dimension. Every value of an integer,
  /// odd or boolean dimension is equally likely for a uniform coordinate, the upper end included.
  /// Inactive parameters are left out.
  [[nodiscard]] Point at(std::span<const double> unit) const;

 private:
  std::vector<Dimension> dimensions_;
};

/// Value of one dimension at a coordinate in [0, 1).
double value_at(const Dimension& dimension, double unit);

}  // namespace ocrtune
