#pragma once

#include <functional>
#include <span>
#include <vector>

namespace ocrtune {

/// A value and, where `gradient` isn't empty, its gradient.
using DifferentiableFunction =
    std::function<double(std::span<const double> place, std::span<double> gradient)>;

/// What a search by gradients is given; one number for each coordinate.
struct GradientSearch {
  std::vector<double> start;
  double last_unit = 1;            ///< coordinates lie in [0, last_unit]
  double first_step = 0.1;         ///< longest change of a coordinate in the first step
  std::vector<double> last_steps;  ///< the search ends where no coordinate moves as far
};

/// Nonlinear conjugate gradients (Polak & Ribiere 1969) with the factor held above 0, projected
/// onto the bounds; the place where it ends. Its line search is inexact: it takes the first step
/// that goes down far enough (Armijo 1966) and at most one more, to the bottom of the parabola
/// through it.
std::vector<double> conjugate_gradient(const GradientSearch& search,
                                       const DifferentiableFunction& function);

/// Truncated Newton steps (Dembo & Steihaug 1983) within the bounds, with the same line search.
/// Curvatures are differences of gradients as far apart as the first step is long, so that noise
/// and steps of the function don't drown them.
std::vector<double> truncated_newton(const GradientSearch& search,
                                     const DifferentiableFunction& function);

}  // namespace ocrtune
