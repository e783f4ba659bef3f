#pragma once

#include <memory>

#include "ocrtune/samplers/local_search.h"
#include "ocrtune/samplers/sampler.h"

namespace ocrtune {

/// Searches that go downhill from one start after the other, as many side by side as trials may be
/// in flight. The first start is the best point told so far where points are told that the sampler
/// did not choose, the others are scrambled Sobol points. Booleans and categories stay as in the
/// start.
std::unique_ptr<Sampler> local_sampler(LocalMethod method, SamplerOptions options);

}  // namespace ocrtune
