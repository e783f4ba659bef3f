#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace ocrtune {

/// A mean with the ends of an interval around it.
struct Interval {
  double mean = 0;  ///< of what was measured
  double low = 0;   ///< lower end; the mean where that can't be told
  double high = 0;  ///< upper end; the mean where that can't be told
};

/// Mean of the numbers; 0 for none.
double mean_of(std::span<const double> numbers);

/// The quantile `share`, 0 to 1, of numbers in ascending order, interpolated between the two
/// nearest (type 7 of Hyndman & Fan 1996); 0 for none.
double quantile(std::span<const double> sorted, double share);

/// Spearman's rank correlation of two lists of equal length, equal numbers sharing the mean of
/// their ranks (Spearman 1904); nothing where there are fewer than two or all of a list are equal.
/// Pure.
std::optional<double> spearman(std::span<const double> a, std::span<const double> b);

/// Mean of paired differences (one a page) with a 95 % interval of the mean on other pages like
/// these. `others` are the differences on further pages, which tell how far pages differ but not
/// the mean: they may be those that something was chosen on.
///
/// The mean of as many residuals as there are differences, drawn with replacement from those of
/// both groups about their own means, 10,000 times (Efron & Tibshirani 1993, chapter 9): the
/// interval reaches as far to both sides as the farther of its 2.5 % and 97.5 % quantiles, times
/// Student's quantile over the normal one for what the means have cost. Gains are skewed; to both
/// sides alike it holds the mean some 95 times of 100 where there are three times as many others
/// (docs/metrics.md). Without `others` it is too narrow below some twenty. The mean alone
/// where nothing tells how far pages differ. The same seed gives the same interval. Pure.
Interval paired_bootstrap(std::span<const double> differences, std::span<const double> others,
                          std::uint64_t seed);

}  // namespace ocrtune
