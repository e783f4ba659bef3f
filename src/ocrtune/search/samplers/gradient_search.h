#pragma once

#include <functional>
#include <span>
#include <vector>

namespace ocrtune {

/// Returns a value and, if `gradient` is not empty, sets its gradient.
using DifferentiableFunction =
    std::function<double(std::span<const double> place, std::span<double> gradient)>;

/// Settings of a gradient search; vectors have one number for each coordinate.
struct GradientSearch {
  std::vector<double> start;
  double last_unit = 1;            ///< coordinates lie in [0, last_unit]
  double first_step = 0.1;         ///< longest change of a coordinate in the first step
  std::vector<double> last_steps;  ///< the search ends if no coordinate moves as far
};

/// Nonlinear conjugate gradients (Polak & Ribiere 1969) with a nonnegative factor, projected onto
/// the bounds. Returns the final place. The line search is inexact: it takes the first step with a
/// sufficient decrease (Armijo 1966) and at most one more, to the minimum of the parabola through
/// it.
std::vector<double> conjugate_gradient(const GradientSearch& search,
                                       const DifferentiableFunction& function);

/// Truncated Newton steps (Dembo & Steihaug 1983) within the bounds, with the same line search.
/// Curvatures are differences of gradients at the distance of the first step, so that noise and
/// steps of the function do not dominate them.
std::vector<double> truncated_newton(const GradientSearch& search,
                                     const DifferentiableFunction& function);

}  // namespace ocrtune
