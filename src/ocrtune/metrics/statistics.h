#pragma once

#include <cstdint>
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

/// Mean of paired differences (one a page) with the 95 % percentile interval of 10,000 bootstrap
/// resamples of the pages (Efron & Tibshirani 1993). The same seed gives the same interval. Pure.
Interval paired_bootstrap(std::span<const double> differences, std::uint64_t seed);

}  // namespace ocrtune
