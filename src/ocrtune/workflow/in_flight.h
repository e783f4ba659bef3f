#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ocrtune/workflow/option.h"

namespace ocrtune::workflow {

/// Trials that a study may have in flight (docs/studies.md), at most.
inline constexpr std::size_t kMostInFlight = 64;

/// Trials that a search may be asked for, at most.
inline constexpr std::size_t kMostTrials = 1'000'000;

/// So many trials that each core has a page to evaluate, and one more for while the last pages of a
/// trial are waited for; at most 16, as a sampler learns late of what is in flight.
std::size_t usual_in_flight(std::size_t pages, int cores);

/// --in-flight; `usual` says what it is where it isn't given.
Option in_flight_option(std::optional<std::size_t>& in_flight, const std::string& usual);

}  // namespace ocrtune::workflow
