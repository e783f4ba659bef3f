#include "ocrtune/search/samplers/gradient_search.h"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <optional>

namespace ocrtune {
namespace {

using Eigen::Index;
using Eigen::VectorXd;

constexpr double kEnoughDescent = 1e-4;
constexpr double kWidestStep = 0.5;
// Of the gradient; far from the minimum a Newton step needs no more accurate direction.
constexpr double kEnoughResidual = 0.3;

VectorXd vector_of(const std::vector<double>& numbers) {
  return VectorXd::Map(numbers.data(), static_cast<Index>(numbers.size()));
}

double longest(const VectorXd& vector) { return vector.lpNorm<Eigen::Infinity>(); }

/// The state of a search and its line search.
class Descent {
 public:
  Descent(const GradientSearch& search, const DifferentiableFunction& function)
      : function_(function),
        last_unit_(search.last_unit),
        first_step_(search.first_step),
        last_steps_(vector_of(search.last_steps)),
        place_(vector_of(search.start)) {
    value_ = value(place_, gradient_);
  }

  /// False if the last step was below the threshold.
  [[nodiscard]] bool has_moved() const { return has_moved_; }

  [[nodiscard]] std::vector<double> place() const { return {place_.begin(), place_.end()}; }

  /// The negative gradient; 0 for coordinates at an active bound.
  [[nodiscard]] VectorXd steepest() const {
    const auto place = place_.array();
    const auto slope = gradient_.array();
    return ((place <= 0 && slope > 0) || (place >= last_unit_ && slope < 0)).select(0, -gradient_);
  }

  /// The change of the gradient along a nonzero direction, for a step of length 1.
  [[nodiscard]] VectorXd curvature(const VectorXd& direction) const {
    double length = first_step_ / longest(direction);
    VectorXd place = at(length, direction);
    if (place != place_ + length * direction) place = at(length = -length, direction);
    VectorXd there;
    (void)value(place, there);
    return (there - gradient_) / length;
  }

  /// Moves along a direction, first by `length`. Returns the distance, or nothing if no
  /// sufficiently large step decreases the value.
  std::optional<double> go(const VectorXd& direction, double length) {
    const double slope = direction.dot(gradient_);
    VectorXd place = at(length, direction);
    // A short step does not change coarse coordinates.
    while (!is_step(place) && length * longest(direction) < kWidestStep)
      place = at(length *= 2, direction);
    double reached = value(place);
    while (reached > value_ + kEnoughDescent * slope * length) {
      length = std::clamp(bottom(slope, length, reached), 0.1 * length, 0.5 * length);
      place = at(length, direction);
      if (!is_step(place)) return std::nullopt;
      reached = value(place);
    }
    const double best = std::clamp(bottom(slope, length, reached), 0.1 * length, 4 * length);
    if (std::abs(best - length) > length / 4) {
      const VectorXd other = at(best, direction);
      if (other != place && value(other) < reached) {
        place = other;
        length = best;
      }
    }
    has_moved_ = is_step(place);
    place_ = place;
    value_ = value(place_, gradient_);
    return length;
  }

 private:
  [[nodiscard]] double value(const VectorXd& place) const {
    return function_({place.data(), place.data() + place.size()}, {});
  }

  double value(const VectorXd& place, VectorXd& gradient) const {
    gradient.resize(place.size());
    return function_({place.data(), place.data() + place.size()},
                     {gradient.data(), gradient.data() + gradient.size()});
  }

  [[nodiscard]] VectorXd at(double length, const VectorXd& direction) const {
    return (place_ + length * direction).cwiseMax(0).cwiseMin(last_unit_);
  }

  [[nodiscard]] bool is_step(const VectorXd& place) const {
    return ((place - place_).array().abs() >= last_steps_.array()).any();
  }

  /// The minimum of the parabola through both values with the slope at the first.
  [[nodiscard]] double bottom(double slope, double length, double reached) const {
    const double bend = reached - value_ - slope * length;
    return bend > 0 ? -slope * length * length / (2 * bend) : 4 * length;
  }

  const DifferentiableFunction& function_;
  double last_unit_;
  double first_step_;
  VectorXd last_steps_;
  VectorXd place_;
  VectorXd gradient_;
  double value_ = 0;
  bool has_moved_ = true;
};

/// `vector` with 0 where `steepest` has it, at the active bounds.
VectorXd free_part(const VectorXd& vector, const VectorXd& steepest) {
  return (steepest.array() == 0).select(0, vector);
}

/// The Newton direction in the coordinates without an active bound, by conjugate gradients that
/// stop early or at negative curvature.
VectorXd newton_direction(const Descent& descent, const VectorXd& steepest) {
  VectorXd step = VectorXd::Zero(steepest.size());
  VectorXd residual = steepest;
  VectorXd direction = steepest;
  double before = residual.squaredNorm();
  const double enough = kEnoughResidual * kEnoughResidual * before;
  for (Index i = 0; i < steepest.size(); ++i) {
    const VectorXd curvature = free_part(descent.curvature(direction), steepest);
    const double bend = direction.dot(curvature);
    if (!(bend > 0)) break;
    step += before / bend * direction;
    residual -= before / bend * curvature;
    const double after = residual.squaredNorm();
    if (after <= enough) break;
    direction = residual + after / before * direction;
    before = after;
  }
  return step;
}

}  // namespace

std::vector<double> conjugate_gradient(const GradientSearch& search,
                                       const DifferentiableFunction& function) {
  Descent descent(search, function);
  double step = search.first_step;
  VectorXd direction;
  VectorXd before;
  Index since = 0;  // steps since the last steepest descent
  while (descent.has_moved()) {
    const VectorXd steepest = descent.steepest();
    if (longest(steepest) == 0) break;
    since = before.size() > 0 && since + 1 < steepest.size() ? since + 1 : 0;
    if (since > 0) {
      const double factor = steepest.dot(steepest - before) / before.squaredNorm();
      direction = free_part(steepest + std::max(0.0, factor) * direction, steepest);
      if (direction.dot(steepest) <= 0) since = 0;
    }
    if (since == 0) direction = steepest;
    before = steepest;
    const std::optional<double> length = descent.go(direction, step / longest(direction));
    if (length) {
      step = std::clamp(*length * longest(direction), search.first_step / 8, kWidestStep);
    } else if (since == 0) {
      break;
    } else {
      before.resize(0);
    }
  }
  return descent.place();
}

std::vector<double> truncated_newton(const GradientSearch& search,
                                     const DifferentiableFunction& function) {
  Descent descent(search, function);
  while (descent.has_moved()) {
    const VectorXd steepest = descent.steepest();
    if (longest(steepest) == 0) break;
    const VectorXd newton = newton_direction(descent, steepest);
    const bool bends = newton.dot(steepest) > 0;
    if (bends && descent.go(newton, std::min(1.0, kWidestStep / longest(newton)))) continue;
    if (!descent.go(steepest, search.first_step / longest(steepest))) break;
  }
  return descent.place();
}

}  // namespace ocrtune
