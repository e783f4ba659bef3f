#pragma once

#include <algorithm>
#include <cmath>

#include "ocrtune/search/samplers/sampler.h"

namespace ocrtune {

/// A single number to minimize for each outcome: its first value or, if constraints are broken, the
/// worst value so far of outcomes that satisfy them, plus the violation. So any point that
/// satisfies the constraints ranks before any that does not (Deb 2000). Not thread-safe.
class Merit {
 public:
  void tell(const Outcome& outcome) {
    const double value = outcome.values.front();
    if (outcome.violation <= 0 && std::isfinite(value))
      worst_ = std::max(value, worst_.value_or(value));
  }

  /// Always finite, also for infinite or NaN values.
  [[nodiscard]] double of(const Outcome& outcome) const {
    constexpr double kMaxViolation = 1e6;
    const double value = outcome.values.front();
    if (!std::isfinite(value)) return worst_.value_or(0) + kMaxViolation;
    if (outcome.violation <= 0) return value;
    return worst_.value_or(0) + std::min(outcome.violation, kMaxViolation);
  }

 private:
  std::optional<double> worst_;
};

}  // namespace ocrtune
