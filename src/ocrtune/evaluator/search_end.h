#pragma once

namespace ocrtune {

/// Why a search ended: a limit was reached, its sampler has no point left, or it was stopped.
enum class SearchEnd {
  trials,     ///< the study has as many as it was to have
  seconds,    ///< its time is over
  patience,   ///< so many trials brought no better one
  exhausted,  ///< the sampler has no point left
  stopped     ///< by the caller
};

}  // namespace ocrtune
