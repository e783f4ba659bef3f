#include "ocrtune/search/samplers/local_search.h"

#include <algorithm>
#include <cmath>
#include <nlopt.hpp>
#include <stdexcept>
#include <utility>

#include "ocrtune/search/samplers/gradient_search.h"

namespace ocrtune {
namespace {

constexpr double kFirstStep = 0.125;
// Powell's methods require starts that are a step away from at least one bound.
constexpr double kWidestFirstStep = 0.45;
constexpr double kLastStep = 0.01;
constexpr double kDifference = 0.03;
// Ends a method that cycles.
constexpr std::size_t kMaxCalls = 500;
// More steps than a search takes; NLopt's default allocates 10 MiB for each trial.
constexpr unsigned kRememberedSteps = 20;

/// Coordinates of the two values of a difference quotient.
struct Difference {
  double from = 0;
  double to = 0;
};

Difference difference_at(const Dimension& dimension, double unit) {
  if (step_of(dimension) == 0)
    return {unit, unit + kDifference < kLastUnit ? unit + kDifference : unit - kDifference};
  const double here = value_at(dimension, unit);
  double there = value_at(dimension, std::min(unit + kDifference, kLastUnit));
  if (there == here) there = nearest_value(dimension, here + step_of(dimension));
  if (there == here) there = nearest_value(dimension, here - step_of(dimension));
  return {unit_at(dimension, here), unit_at(dimension, there)};
}

/// An objective with gradients by forward differences over a dimension's step, at least 3 % of the
/// range; by backward differences at the upper end. Value and gradient are scaled so that the first
/// gradient has the length of a search's first step.
class Objective {
 public:
  using Value = std::function<double(std::span<const double>)>;

  /// Both must outlive this.
  Objective(const std::vector<Dimension>& dimensions, const Value& value)
      : dimensions_(dimensions), value_(value) {}

  /// Returns the value and, if `gradient` is not empty, sets its gradient.
  double operator()(std::span<const double> place, std::span<double> gradient) {
    if (gradient.empty()) return (scale_ > 0 ? scale_ : 1) * value_(place);
    const double value = value_(place);
    std::vector<double> moved(place.begin(), place.end());
    for (std::size_t i = 0; i < place.size(); ++i) {
      const Difference difference = difference_at(dimensions_[i], place[i]);
      moved[i] = difference.to;
      gradient[i] = (value_(moved) - value) / (difference.to - difference.from);
      moved[i] = place[i];
    }
    if (scale_ == 0) {
      double sum = 0;
      for (const double slope : gradient) sum += slope * slope;
      scale_ = sum > 0 ? kFirstStep / std::sqrt(sum) : 1;
    }
    for (double& slope : gradient) slope *= scale_;
    return scale_ * value;
  }

 private:
  const std::vector<Dimension>& dimensions_;
  const Value& value_;
  double scale_ = 0;  // 0: no gradient yet
};

nlopt::algorithm algorithm_of(LocalMethod method, std::size_t dimensions) {
  switch (method) {
    case LocalMethod::nelder_mead:
      return nlopt::LN_NELDERMEAD;
    case LocalMethod::powell:
      // A quadratic model needs two parameters; with one, Powell's linear model is used.
      return dimensions < 2 ? nlopt::LN_COBYLA : nlopt::LN_BOBYQA;
    case LocalMethod::bfgs:
      return nlopt::LD_VAR2;
    case LocalMethod::lbfgs:
      return nlopt::LD_LBFGS;
    case LocalMethod::slsqp:
      return nlopt::LD_SLSQP;
    default:
      return nlopt::LN_COBYLA;
  }
}

double first_step(const Dimension& dimension) {
  const auto count = static_cast<double>(value_count(dimension));
  return std::clamp(count > 0 ? 1 / count : 0.0, kFirstStep, kWidestFirstStep);
}

double last_step(const Dimension& dimension) {
  const auto count = static_cast<double>(value_count(dimension));
  return std::max(kLastStep, count > 0 ? 0.5 / count : 0.0);
}

/// Throws std::runtime_error if the method fails.
void minimize_by_nlopt(nlopt::algorithm algorithm, std::vector<double> place,
                       const std::vector<double>& first_steps,
                       const std::vector<double>& last_steps, Objective& objective) {
  nlopt::opt optimizer(algorithm, static_cast<unsigned>(place.size()));
  optimizer.set_min_objective(
      [](unsigned count, const double* at, double* gradient, void* data) {
        return (*static_cast<Objective*>(data))({at, count},
                                                {gradient, gradient == nullptr ? 0 : count});
      },
      &objective);
  optimizer.set_lower_bounds(0);
  optimizer.set_upper_bounds(kLastUnit);
  optimizer.set_initial_step(first_steps);
  optimizer.set_xtol_abs(last_steps);
  optimizer.set_vector_storage(kRememberedSteps);
  double least = 0;
  optimizer.optimize(place, least);
}

void minimize(LocalMethod method, const std::vector<Dimension>& dimensions,
              const std::vector<double>& start, const Objective::Value& value) {
  if (start.empty()) {
    (void)value(start);
    return;
  }
  std::vector<double> first_steps;
  std::vector<double> last_steps;
  for (const Dimension& dimension : dimensions) {
    first_steps.push_back(first_step(dimension));
    last_steps.push_back(last_step(dimension));
  }
  Objective objective(dimensions, value);
  if (method == LocalMethod::cg || method == LocalMethod::tnc) {
    // NLopt has no plain conjugate gradients, and its truncated Newton method measures curvature
    // over a step of 1e-8, over which an objective with steps does not change.
    const auto search = method == LocalMethod::cg ? conjugate_gradient : truncated_newton;
    (void)search({.start = start,
                  .last_unit = kLastUnit,
                  .first_step = kFirstStep,
                  .last_steps = last_steps},
                 std::ref(objective));
  } else {
    minimize_by_nlopt(algorithm_of(method, start.size()), start, first_steps, last_steps,
                      objective);
  }
}

}  // namespace

std::optional<std::vector<double>> LocalSearch::ask(const Known& known) {
  std::size_t calls = 0;
  std::optional<std::vector<double>> wanted;
  const Objective::Value value = [&](std::span<const double> place) {
    if (wanted || calls == kMaxCalls) throw nlopt::forced_stop();
    if (calls == values_.size()) {
      const std::optional<double> told = known(place);
      if (!told) {
        wanted.emplace(place.begin(), place.end());
        throw nlopt::forced_stop();
      }
      values_.push_back(*told);
    }
    return values_[calls++];
  };
  try {
    minimize(method_, dimensions_, start_, value);
  } catch (const std::runtime_error&) {
    // Stopped; or the method failed, which ends its search too.
  }
  return wanted;
}

}  // namespace ocrtune
