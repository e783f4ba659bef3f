#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune {

/// Something whose ground truth could be made.
struct DoubtfulUnit {
  std::vector<double> features;  ///< what it is like; as many for each unit
  double doubt = 0;              ///< how uncertain its result is, at least 0
  bool known = false;            ///< its ground truth exists
};

/// Indices of at most `wanted` units whose ground truth tells most, the first one the most; none of
/// those that are known.
///
/// Each is the one with the greatest information density (Settles & Craven 2008): its doubt times
/// the sum of its similarities to all units. A unit that is like a chosen or known one counts less
/// in these sums, by its similarity to it, so that a choice does not consist of units that are all
/// alike. The similarity is a Gaussian function of the distance between the ranks of the features,
/// as wide as the median distance. Of equals, the first one. Pure; thread-safe.
std::vector<std::size_t> informative_units(std::span<const DoubtfulUnit> units, std::size_t wanted);

}  // namespace ocrtune
