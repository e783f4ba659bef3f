#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "ocrtune/base/hash.h"

namespace ocrtune {

/// Something that may be chosen for a sample.
struct SampleUnit {
  ContentHash id;                ///< of its content; units with equal ids are alike
  std::vector<double> features;  ///< what it is like; as many for each unit
};

/// Indices of `wanted` of the units, in ascending order; all if there are fewer. Every unit is
/// chosen with the same probability, and each kind of unit in its proportion, to within one.
///
/// The features are replaced by their ranks, and the units divided into strata by k-means with the
/// seeding of k-means++ (Arthur & Vassilvitskii 2007). A systematic sample with a random start is
/// taken from the list of the strata, each in random order (Cochran 1977, chapters 5A and 8). The
/// same units, in any order, and the same seed give the same sample. Thread-safe.
std::vector<std::size_t> stratified_sample(std::span<const SampleUnit> units, std::size_t wanted,
                                           std::uint64_t seed);

}  // namespace ocrtune
