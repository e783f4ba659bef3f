#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/metrics/statistics.h"

namespace ocrtune {

/// How much of a result's variance is due to one variable, 0 to 1, with the 95 % interval.
struct SobolIndex {
  Interval first;  ///< by it alone
  Interval total;  ///< by it alone or together with others
};

/// What the variables of a design do to its result.
struct SobolIndices {
  std::vector<SobolIndex> variables;
  /// Share of the variance that is explained at points left out, 0 to 1; the indices are shares of
  /// the explained part.
  double explained = 0;
};

/// Sobol's indices (Sobol 2001) of a result that is known at some points: a polynomial chaos is
/// fitted, whose terms are chosen one by one as long as that predicts better (Blatman & Sudret
/// 2011; see select_terms); its coefficients give the indices (Sudret 2008). Intervals are
/// percentiles of 200 resamples of the points, the terms kept.
///
/// `coordinates`: row by row, for each point one in [0, 1) for each variable, uniform and
/// independent; `levels`: for each variable the number of its values, equally likely and
/// equidistant, or 0 for all of [0, 1); `results`: one for each point. The same input and seed give
/// the same indices. All 0 where the results are all the same. Pure.
SobolIndices sobol_indices(std::span<const double> coordinates, std::span<const int> levels,
                           std::span<const double> results, std::uint64_t seed);

}  // namespace ocrtune
