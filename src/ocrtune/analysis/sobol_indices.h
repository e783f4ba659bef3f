#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/metrics/statistics.h"

namespace ocrtune {

/// The share of a result's variance that is due to one variable, 0 to 1, with its 95 % confidence
/// interval.
struct SobolIndex {
  Interval first;  ///< by it alone
  Interval total;  ///< by it alone or together with others
};

/// Sensitivity of a result to the variables of a design.
struct SobolIndices {
  std::vector<SobolIndex> variables;
  /// Share of the variance that the model explains in cross-validation, 0 to 1; the indices are
  /// shares of the explained variance.
  double explained = 0;
};

/// Sobol indices (Sobol 2001) of a result that is known at some points. A polynomial chaos is
/// fitted; its terms are selected one by one while that improves the prediction (Blatman & Sudret
/// 2011; see select_terms); its coefficients give the indices (Sudret 2008). Intervals are
/// percentiles over 200 bootstrap samples of the points, with the terms kept.
///
/// `coordinates`: row by row, one in [0, 1) for each variable of a point, uniform and independent;
/// `levels`: for each variable the number of its values, equally likely and equidistant, or 0 for
/// all of [0, 1); `results`: one for each point. The same input and seed give the same indices. All
/// are 0 if all results are equal. Pure.
SobolIndices sobol_indices(std::span<const double> coordinates, std::span<const int> levels,
                           std::span<const double> results, std::uint64_t seed);

}  // namespace ocrtune
