#pragma once

namespace ocrtune {

/// Why a search ended: a limit was reached, its sampler has no point left, or it was stopped.
enum class SearchEnd {
  trials,     ///< the number of trials was reached
  seconds,    ///< the time limit was reached
  patience,   ///< no new best trial for the given number of trials
  exhausted,  ///< the sampler has no point left
  stopped     ///< stopped by the caller
};

}  // namespace ocrtune
