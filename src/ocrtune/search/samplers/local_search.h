#pragma once

#include <span>
#include <vector>

#include "ocrtune/pipeline/space.h"
#include "ocrtune/search/samplers/inverted_optimizer.h"

namespace ocrtune {

/// Local methods for minimizing a function of ordered parameters within their bounds.
enum class LocalMethod { nelder_mead, powell, cg, bfgs, lbfgs, tnc, cobyla, slsqp };

/// Start of a search, in unit coordinates of the dimensions, none of which is nominal.
struct LocalStart {
  std::vector<Dimension> dimensions;
  std::vector<double> units;
};

/// Runs the method from `start` until its steps are smaller than one value's share of the range or,
/// for reals, 1 % of it. The objective gets coordinates in [0, 1); its exceptions are passed on.
/// Deterministic.
void minimize_locally(LocalMethod method, const LocalStart& start, const Score& objective);

/// A gradient by forward differences over a dimension's step, at least 3 % of the range; by
/// backward differences at the upper end.
class DifferenceGradient {
 public:
  /// Both must outlive this.
  DifferenceGradient(const LocalStart& start, const Score& objective)
      : start_(start), objective_(objective) {}

  /// Returns the value and, if `gradient` is not empty, sets its gradient. Both are scaled so that
  /// the first gradient has the length of a search's first step.
  double operator()(std::span<const double> place, std::span<double> gradient);

 private:
  const LocalStart& start_;
  const Score& objective_;
  double scale_ = 0;  // 0: no gradient yet
};

/// The first step of a search along a dimension, in unit coordinates.
double first_step(const Dimension& dimension);

/// The step along a dimension below which a search ends, in unit coordinates.
double last_step(const Dimension& dimension);

}  // namespace ocrtune
