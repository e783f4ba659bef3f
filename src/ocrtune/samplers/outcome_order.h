#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "ocrtune/samplers/sampler.h"

namespace ocrtune {

/// Places of the outcomes, the best first; equal ones in their order. Fewer broken constraints come
/// before all else. One objective: by value. Several: by the front (Deb et al. 2002), within one
/// those that are lonely first. Outcomes of pruned trials never come before the better half of the
/// others, whatever their first pages promise. A value that is no number counts as the worst there
/// is. Pure; thread-safe.
std::vector<std::size_t> best_first(std::span<const Outcome> outcomes);

}  // namespace ocrtune
