#pragma once

#include <memory>

#include "ocrtune/search/samplers/local_search.h"
#include "ocrtune/search/samplers/sampler.h"

namespace ocrtune {

/// Local searches from several starts, in parallel up to the number of trials in flight. The first
/// start is the best point told that the sampler did not choose, if there is one; the others are
/// scrambled Sobol points. Booleans and categories keep the values of the start.
std::unique_ptr<Sampler> local_sampler(LocalMethod method, SamplerOptions options);

}  // namespace ocrtune
