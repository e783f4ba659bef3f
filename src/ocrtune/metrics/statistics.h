#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

namespace ocrtune {

/// A mean with a confidence interval.
struct Interval {
  double mean = 0;  ///< of what was measured
  double low = 0;   ///< lower end; the mean if unknown
  double high = 0;  ///< upper end; the mean if unknown
};

/// Mean of the numbers; 0 for none.
double mean_of(std::span<const double> numbers);

/// The quantile `share`, 0 to 1, of numbers in ascending order, with linear interpolation (type 7
/// of Hyndman & Fan 1996); 0 for none.
double quantile(std::span<const double> sorted, double share);

/// Pearson's correlation of two lists of equal length. Nothing if there are fewer than two or all
/// of a list are equal. Pure.
std::optional<double> pearson(std::span<const double> a, std::span<const double> b);

/// Spearman's rank correlation of two lists of equal length; ties get their mean rank (Spearman
/// 1904). Nothing if there are fewer than two or all of a list are equal. Pure.
std::optional<double> spearman(std::span<const double> a, std::span<const double> b);

/// Mean of paired differences (one per page) with a 95 % confidence interval of the mean on other
/// such pages. `others` are the differences on further pages. They contribute to the variance
/// between pages but not to the mean: they may be pages that something was chosen on.
///
/// Draws, 10,000 times with replacement, as many residuals as there are differences from those of
/// both groups about their own means (Efron & Tibshirani 1993, chapter 9). The interval is
/// symmetric: its half width is the larger distance of the 2.5 % and 97.5 % quantiles, times
/// Student's quantile divided by the normal one for the degrees of freedom that the means use up.
/// Gains are skewed; the symmetric interval contains the mean in about 95 of 100 cases if there are
/// three times as many others (docs/reference/metrics.md). Without `others` it is too narrow below
/// about twenty differences. With them too it is too narrow below about eight if the mean hangs on
/// one page of many, which most samples lack. Returns the mean alone if the variance between pages
/// is unknown or 0. The same seed gives the same interval. Pure.
Interval paired_bootstrap(std::span<const double> differences, std::span<const double> others,
                          std::uint64_t seed);

/// The interval with its ends moved to `low` and `high` if they lie beyond, between which the mean
/// must lie: no share is below 0 or above all. Pure.
Interval clipped(const Interval& interval, double low, double high);

/// True if the whole interval lies above 0. An interval without width says nothing of other pages:
/// false. Pure.
bool is_above_zero(const Interval& interval);

/// How many differences a mean needs for an interval of this half width, greater than 0, if that of
/// `count` differences is `interval`: the width falls with the square root of their number (Cochran
/// 1977, section 4.7). At least 2. Pure.
std::size_t sample_size(const Interval& interval, std::size_t count, double half_width);

}  // namespace ocrtune
