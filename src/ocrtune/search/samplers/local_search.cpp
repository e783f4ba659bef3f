#include "ocrtune/search/samplers/local_search.h"

#include <nlopt.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <memory>
#include <type_traits>

#include "ocrtune/search/samplers/gradient_search.h"

namespace ocrtune {
namespace {

constexpr double kFirstStep = 0.125;
// Powell's methods require starts that are a step away from at least one bound.
constexpr double kWidestFirstStep = 0.45;
constexpr double kLastStep = 0.01;
constexpr double kDifference = 0.03;
// More steps than a search takes; NLopt's default allocates 10 MiB for each trial.
constexpr unsigned kRememberedSteps = 20;

bool has_steps(const Dimension& dimension) { return step_of(dimension) > 0; }

/// Coordinates of the two values of a difference quotient.
struct Difference {
  double from = 0;
  double to = 0;
};

Difference difference_at(const Dimension& dimension, double unit) {
  if (!has_steps(dimension))
    return {unit, unit + kDifference < kLastUnit ? unit + kDifference : unit - kDifference};
  const double here = value_at(dimension, unit);
  double there = value_at(dimension, std::min(unit + kDifference, kLastUnit));
  if (there == here) there = nearest_value(dimension, here + step_of(dimension));
  if (there == here) there = nearest_value(dimension, here - step_of(dimension));
  return {unit_at(dimension, here), unit_at(dimension, there)};
}

/// An objective for NLopt; an empty gradient is not computed.
using Function = std::function<double(std::span<const double> place, std::span<double> gradient)>;

/// Keeps exceptions out of NLopt, which is written in C.
struct NloptCall {
  const Function& function;
  nlopt_opt optimizer;
  std::exception_ptr thrown;
};

double called_by_nlopt(unsigned count, const double* place, double* gradient, void* data) {
  auto& call = *static_cast<NloptCall*>(data);
  if (call.thrown) return HUGE_VAL;
  try {
    return call.function({place, count}, {gradient, gradient == nullptr ? 0 : count});
  } catch (...) {
    call.thrown = std::current_exception();
    nlopt_force_stop(call.optimizer);
    return HUGE_VAL;
  }
}

void run_nlopt(nlopt_algorithm algorithm, const LocalStart& start, const Function& function) {
  const auto count = static_cast<unsigned>(start.units.size());
  const std::unique_ptr<std::remove_pointer_t<nlopt_opt>, decltype(&nlopt_destroy)> optimizer(
      nlopt_create(algorithm, count), nlopt_destroy);
  if (!optimizer) throw std::bad_alloc();
  NloptCall call{.function = function, .optimizer = optimizer.get(), .thrown = {}};
  std::vector<double> first;
  std::vector<double> last;
  for (const Dimension& dimension : start.dimensions) {
    first.push_back(first_step(dimension));
    last.push_back(last_step(dimension));
  }
  nlopt_set_min_objective(optimizer.get(), called_by_nlopt, &call);
  nlopt_set_lower_bounds1(optimizer.get(), 0);
  nlopt_set_upper_bounds1(optimizer.get(), kLastUnit);
  nlopt_set_initial_step(optimizer.get(), first.data());
  nlopt_set_vector_storage(optimizer.get(), kRememberedSteps);
  nlopt_set_xtol_abs(optimizer.get(), last.data());
  std::vector<double> place = start.units;
  double value = 0;
  // A method that fails has ended its search too.
  (void)nlopt_optimize(optimizer.get(), place.data(), &value);
  if (call.thrown) std::rethrow_exception(call.thrown);
}

GradientSearch gradient_search_from(const LocalStart& start) {
  GradientSearch search{
      .start = start.units, .last_unit = kLastUnit, .first_step = kFirstStep, .last_steps = {}};
  for (const Dimension& dimension : start.dimensions)
    search.last_steps.push_back(last_step(dimension));
  return search;
}

nlopt_algorithm algorithm_of(LocalMethod method, std::size_t dimensions) {
  switch (method) {
    case LocalMethod::nelder_mead:
      return NLOPT_LN_NELDERMEAD;
    case LocalMethod::powell:
      // A quadratic model needs two parameters; with one, Powell's linear model is used.
      return dimensions < 2 ? NLOPT_LN_COBYLA : NLOPT_LN_BOBYQA;
    case LocalMethod::bfgs:
      return NLOPT_LD_VAR2;
    case LocalMethod::lbfgs:
      return NLOPT_LD_LBFGS;
    case LocalMethod::slsqp:
      return NLOPT_LD_SLSQP;
    case LocalMethod::cobyla:
    case LocalMethod::cg:
    case LocalMethod::tnc:
      break;
  }
  return NLOPT_LN_COBYLA;
}

}  // namespace

double first_step(const Dimension& dimension) {
  const auto count = static_cast<double>(value_count(dimension));
  return std::clamp(count > 0 ? 1 / count : 0.0, kFirstStep, kWidestFirstStep);
}

double last_step(const Dimension& dimension) {
  const auto count = static_cast<double>(value_count(dimension));
  return std::max(kLastStep, count > 0 ? 0.5 / count : 0.0);
}

double DifferenceGradient::operator()(std::span<const double> place, std::span<double> gradient) {
  if (gradient.empty()) return (scale_ > 0 ? scale_ : 1) * objective_(place);
  const double value = objective_(place);
  std::vector<double> moved(place.begin(), place.end());
  for (std::size_t i = 0; i < place.size(); ++i) {
    const Difference difference = difference_at(start_.dimensions[i], place[i]);
    moved[i] = difference.to;
    gradient[i] = (objective_(moved) - value) / (difference.to - difference.from);
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

void minimize_locally(LocalMethod method, const LocalStart& start, const Score& objective) {
  if (start.units.empty()) {
    (void)objective(start.units);
    return;
  }
  DifferenceGradient gradient(start, objective);
  switch (method) {
    case LocalMethod::cg:
      conjugate_gradient(gradient_search_from(start), std::ref(gradient));
      return;
    case LocalMethod::tnc:
      // NLopt's version reads uninitialized memory, so its steps can differ between runs.
      truncated_newton(gradient_search_from(start), std::ref(gradient));
      return;
    default:
      run_nlopt(algorithm_of(method, start.units.size()), start, std::ref(gradient));
  }
}

}  // namespace ocrtune
