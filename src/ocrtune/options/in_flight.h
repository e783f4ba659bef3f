#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ocrtune/options/option.h"

namespace ocrtune::workflow {

/// Maximum number of in-flight trials of a study (docs/reference/studies.md).
inline constexpr std::size_t kMaxInFlight = 64;

/// Maximum number of trials of a search.
inline constexpr std::size_t kMaxTrials = 1'000'000;

/// The default number of in-flight trials: enough to give each core a page, and one more that runs
/// while the last pages of a trial finish. At most 16, because the sampler learns late about trials
/// in flight.
std::size_t usual_in_flight(std::size_t pages, int cores);

/// --in-flight; `usual` describes the default.
Option in_flight_option(std::optional<std::size_t>& in_flight, const std::string& usual);

}  // namespace ocrtune::workflow
