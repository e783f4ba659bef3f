#pragma once

#include <algorithm>
#include <cmath>

#include "ocrtune/samplers/sampler.h"

namespace ocrtune {

/// One number for each outcome, to be made small: its first value or, where constraints are broken,
/// the worst value told so far of those that keep them and the violation on top. So any point that
/// keeps the constraints comes before any that doesn't (Deb 2000). Not thread-safe.
class Merit {
 public:
  void tell(const Outcome& outcome) {
    const double value = outcome.values.front();
    if (outcome.violation <= 0 && std::isfinite(value))
      worst_ = std::max(value, worst_.value_or(value));
  }

  /// Finite, also for values that are not.
  [[nodiscard]] double of(const Outcome& outcome) const {
    constexpr double kMostViolation = 1e6;
    const double value = outcome.values.front();
    if (!std::isfinite(value)) return worst_.value_or(0) + kMostViolation;
    if (outcome.violation <= 0) return value;
    return worst_.value_or(0) + std::min(outcome.violation, kMostViolation);
  }

 private:
  std::optional<double> worst_;
};

}  // namespace ocrtune
