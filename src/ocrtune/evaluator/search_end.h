#pragma once

namespace ocrtune {

/// Why a search ended: a limit was reached, its sampler has no point left, or it was stopped.
enum class SearchEnd { trials, seconds, patience, exhausted, stopped };

}  // namespace ocrtune
