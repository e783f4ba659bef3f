#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace ocrtune {

/// The values of a trial, one for each objective. All are minimized and finite.
using ObjectiveVector = std::vector<double>;

/// True if `a` is nowhere larger than `b` and smaller in at least one value. Same sizes. Pure;
/// thread-safe.
bool dominates(std::span<const double> a, std::span<const double> b);

/// Indices of the points that no point dominates, in increasing order; equal points are there all
/// or not at all. Time: n for one objective, n log n for two; for more, each point is compared with
/// the front at most. Pure; thread-safe.
std::vector<std::size_t> nondominated(std::span<const ObjectiveVector> points);

/// Nondomination rank of every point: 0 if no point dominates it, 1 if only points of rank 0 do,
/// and so on (Deb et al. 2002). Time n log n for at most two objectives; for more, each point is
/// compared with the logarithm of the number of fronts, and at worst with all their points. Pure;
/// thread-safe.
std::vector<std::size_t> nondomination_ranks(std::span<const ObjectiveVector> points);

/// Crowding distance of every point of a front: the sum over the objectives of the gap between its
/// neighbours as a share of the front's extent; infinite at the ends (Deb et al. 2002). Pure;
/// thread-safe.
std::vector<double> crowding_distances(std::span<const ObjectiveVector> front);

}  // namespace ocrtune
