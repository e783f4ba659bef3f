#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune {

/// The values of a trial, one for each objective. Every one is to be made small; all finite.
using ObjectiveVector = std::vector<double>;

/// True where `a` is nowhere larger than `b` and somewhere smaller. Same sizes. Pure; thread-safe.
bool dominates(std::span<const double> a, std::span<const double> b);

/// Rank of every point: 0 for those that none dominates, 1 for those that only points of rank 0
/// dominate, and so on (Deb et al. 2002). Time n² times the number of objectives. Pure;
/// thread-safe.
std::vector<std::size_t> nondomination_ranks(std::span<const ObjectiveVector> points);

/// How lonely every point of a front is: the sum over the objectives of the gap between its
/// neighbours, as a share of the front's extent; infinite at the ends (Deb et al. 2002). Pure;
/// thread-safe.
std::vector<double> crowding_distances(std::span<const ObjectiveVector> front);

}  // namespace ocrtune
