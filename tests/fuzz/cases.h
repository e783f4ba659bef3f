#pragma once

#include <cstdint>
#include <functional>

#include "fuzz/common/require.h"
#include "fuzz/options.h"

namespace ocrtune::fuzz {

/// What a case may take.
struct Limits {
  double seconds = 5;
  std::size_t bytes = 64'000'000;
};

/// What cases have taken.
struct Usage {
  double seconds = 0;        ///< CPU time of all
  double slowest = 0;        ///< s, of one case
  std::size_t greatest = 0;  ///< bytes, of one case
};

/// Runs `measured`, which hangs the process up after two minutes, and throws std::runtime_error
/// where it takes more than `limits`.
void run_limited(const Limits& limits, Usage& usage, const std::function<void()>& measured);

/// Runs options.cases cases by number, traced where that is asked for; an exception gets the case's
/// number.
void run_cases(const Options& options, const std::function<void(std::uint64_t)>& run_case);

}  // namespace ocrtune::fuzz
