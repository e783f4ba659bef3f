#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ocrtune/search/samplers/sampler.h"

namespace ocrtune {

/// Indices of the outcomes, the best first; ties keep their order. Smaller constraint violations
/// come first. One objective: by value. Several: by the front (Deb et al. 2002), within a front by
/// decreasing crowding distance. Outcomes of pruned trials never come before the better half of the
/// others, whatever their estimates. NaN counts as the worst value. Pure; thread-safe.
std::vector<std::size_t> best_first(std::span<const Outcome> outcomes);

}  // namespace ocrtune
