#include "ocrtune/search/samplers/gradient_search.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace ocrtune {
namespace {

using Coordinates = std::vector<double>;

constexpr double kEnoughDescent = 1e-4;
constexpr double kWidestStep = 0.5;
// Of the gradient; far from the minimum a Newton step needs no more accurate direction.
constexpr double kEnoughResidual = 0.3;

double product(const Coordinates& a, const Coordinates& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

double longest(const Coordinates& vector) {
  double most = 0;
  for (const double entry : vector) most = std::max(most, std::abs(entry));
  return most;
}

/// a + factor * b
Coordinates sum(const Coordinates& a, double factor, const Coordinates& b) {
  Coordinates result = a;
  for (std::size_t i = 0; i < a.size(); ++i) result[i] += factor * b[i];
  return result;
}

/// The state of a search and its line search.
class Descent {
 public:
  Descent(const GradientSearch& search, const DifferentiableFunction& function)
      : search_(search), function_(function), place_(search.start), gradient_(place_.size()) {
    value_ = function_(place_, gradient_);
  }

  [[nodiscard]] const Coordinates& place() const { return place_; }
  [[nodiscard]] const Coordinates& gradient() const { return gradient_; }

  /// The negative gradient; 0 for coordinates at an active bound.
  [[nodiscard]] Coordinates steepest() const {
    Coordinates direction(place_.size());
    for (std::size_t i = 0; i < place_.size(); ++i) {
      const bool held = (place_[i] <= 0 && gradient_[i] > 0) ||
                        (place_[i] >= search_.last_unit && gradient_[i] < 0);
      direction[i] = held ? 0 : -gradient_[i];
    }
    return direction;
  }

  /// The change of the gradient along a nonzero direction, for a step of length 1.
  [[nodiscard]] Coordinates curvature(const Coordinates& direction) const {
    double length = search_.first_step / longest(direction);
    Coordinates place = at(length, direction);
    if (place != sum(place_, length, direction)) {
      length = -length;
      place = at(length, direction);
    }
    Coordinates there(place.size());
    (void)function_(place, there);
    for (std::size_t i = 0; i < there.size(); ++i) there[i] = (there[i] - gradient_[i]) / length;
    return there;
  }

  /// Moves along a direction, first by `length`. Returns the distance, or nothing if no
  /// sufficiently large step decreases the value.
  std::optional<double> go(const Coordinates& direction, double length) {
    const double slope = product(direction, gradient_);
    Coordinates place = at(length, direction);
    // A short step does not change coarse coordinates.
    while (!is_step(place) && length * longest(direction) < kWidestStep)
      place = at(length *= 2, direction);
    double value = function_(place, {});
    while (value > value_ + kEnoughDescent * slope * length) {
      length = std::clamp(bottom(slope, length, value), 0.1 * length, 0.5 * length);
      place = at(length, direction);
      if (!is_step(place)) return std::nullopt;
      value = function_(place, {});
    }
    const double best = std::clamp(bottom(slope, length, value), 0.1 * length, 4 * length);
    if (std::abs(best - length) > length / 4) {
      const Coordinates other = at(best, direction);
      if (other != place && function_(other, {}) < value) {
        place = other;
        length = best;
      }
    }
    has_moved_ = is_step(place);
    place_ = place;
    value_ = function_(place_, gradient_);
    return length;
  }

  /// False if the last step was below the threshold.
  [[nodiscard]] bool has_moved() const { return has_moved_; }

 private:
  [[nodiscard]] Coordinates at(double length, const Coordinates& direction) const {
    Coordinates place = sum(place_, length, direction);
    for (double& unit : place) unit = std::clamp(unit, 0.0, search_.last_unit);
    return place;
  }

  [[nodiscard]] bool is_step(const Coordinates& place) const {
    for (std::size_t i = 0; i < place.size(); ++i) {
      if (std::abs(place[i] - place_[i]) >= search_.last_steps[i]) return true;
    }
    return false;
  }

  /// The minimum of the parabola through both values with the slope at the first.
  [[nodiscard]] double bottom(double slope, double length, double value) const {
    const double bend = value - value_ - slope * length;
    return bend > 0 ? -slope * length * length / (2 * bend) : 4 * length;
  }

  const GradientSearch& search_;
  const DifferentiableFunction& function_;
  Coordinates place_;
  Coordinates gradient_;
  double value_ = 0;
  bool has_moved_ = true;
};

/// The Newton direction in the coordinates without an active bound, by conjugate gradients that
/// stop early or at negative curvature.
Coordinates newton_direction(const Descent& descent, const Coordinates& steepest) {
  Coordinates step(steepest.size());
  Coordinates residual = steepest;
  Coordinates direction = steepest;
  double before = product(residual, residual);
  const double enough = kEnoughResidual * kEnoughResidual * before;
  for (std::size_t i = 0; i < steepest.size(); ++i) {
    Coordinates curvature = descent.curvature(direction);
    for (std::size_t j = 0; j < curvature.size(); ++j) {
      if (steepest[j] == 0) curvature[j] = 0;
    }
    const double bend = product(direction, curvature);
    if (!(bend > 0)) break;
    step = sum(step, before / bend, direction);
    residual = sum(residual, -before / bend, curvature);
    const double after = product(residual, residual);
    if (after <= enough) break;
    direction = sum(residual, after / before, direction);
    before = after;
  }
  return step;
}

}  // namespace

Coordinates conjugate_gradient(const GradientSearch& search,
                               const DifferentiableFunction& function) {
  Descent descent(search, function);
  double step = search.first_step;
  Coordinates direction;
  Coordinates before;
  std::size_t since = 0;  // steps since the last steepest descent
  while (descent.has_moved()) {
    const Coordinates steepest = descent.steepest();
    if (longest(steepest) == 0) break;
    since = since + 1 < steepest.size() ? since + 1 : 0;
    if (!before.empty() && since > 0) {
      const double factor =
          (product(steepest, steepest) - product(steepest, before)) / product(before, before);
      direction = sum(steepest, std::max(0.0, factor), direction);
      for (std::size_t i = 0; i < direction.size(); ++i) {
        if (steepest[i] == 0) direction[i] = 0;
      }
      if (product(direction, steepest) <= 0) since = 0;
    }
    if (before.empty() || since == 0) {
      since = 0;
      direction = steepest;
    }
    before = steepest;
    const std::optional<double> length = descent.go(direction, step / longest(direction));
    if (length) {
      step = std::clamp(*length * longest(direction), search.first_step / 8, kWidestStep);
    } else if (since == 0) {
      break;
    } else {
      before.clear();
    }
  }
  return descent.place();
}

Coordinates truncated_newton(const GradientSearch& search, const DifferentiableFunction& function) {
  Descent descent(search, function);
  while (descent.has_moved()) {
    const Coordinates steepest = descent.steepest();
    if (longest(steepest) == 0) break;
    const Coordinates newton = newton_direction(descent, steepest);
    const bool bends = product(newton, steepest) > 0;
    if (bends && descent.go(newton, std::min(1.0, kWidestStep / longest(newton)))) continue;
    if (!descent.go(steepest, search.first_step / longest(steepest))) break;
  }
  return descent.place();
}

}  // namespace ocrtune
