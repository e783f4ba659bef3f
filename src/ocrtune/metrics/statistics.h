#pragma once

#include <cstdint>
#include <optional>
#include <span>

namespace ocrtune {

/// A mean with the ends of an interval around it.
struct Interval {
  double mean = 0;
  double low = 0;
  double high = 0;
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

/// Mean of paired differences (one a page) with the 95 % percentile interval of 10,000 bootstrap
/// resamples of the pages (Efron & Tibshirani 1993). The same seed gives the same interval. Pure.
Interval paired_bootstrap(std::span<const double> differences, std::uint64_t seed);

}  // namespace ocrtune
