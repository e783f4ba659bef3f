#pragma once

#include <cstddef>
#include <memory>

#include "ocrtune/samplers/parzen_estimator.h"
#include "ocrtune/samplers/sampler.h"

namespace ocrtune {

/// What was found to work best on the whole; docs/samplers/tpe.md tells why.
struct TpeSettings {
  std::size_t startup = 20;     ///< trials before the first that is aimed
  std::size_t candidates = 64;  ///< draws of which the best is proposed
  double good_share = 0.1;      ///< of all trials, rounded up
  std::size_t most_good = 25;
  double narrow_share = 0.3;  ///< of proposals: near the good points
  double narrow_factor = 0.5;
  double focus_share = 0.1;  ///< of proposals: for a choice that need not be among the good ones
  ParzenSettings good;
  ParzenSettings bad;
};

/// The tree-structured Parzen estimator (Bergstra et al. 2011) with joint kernels: after the
/// start-up trials, which are scrambled Sobol points, proposes of some points drawn from a density
/// of the good trials the one where it exceeds the density of the others most. Trials in flight
/// count as others, so that no two go to the same place.
std::unique_ptr<Sampler> make_tpe(SamplerOptions options, const TpeSettings& settings);

}  // namespace ocrtune
