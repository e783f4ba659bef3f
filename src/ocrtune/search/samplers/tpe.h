#pragma once

#include <cstddef>
#include <memory>

#include "ocrtune/search/samplers/parzen_estimator.h"
#include "ocrtune/search/samplers/sampler.h"

namespace ocrtune {

/// Defaults found by benchmarks; docs/reference/samplers/tpe.md explains them.
struct TpeSettings {
  std::size_t startup = 20;     ///< start-up trials, before the first one from the densities
  std::size_t candidates = 64;  ///< draws, of which the best one is proposed
  double good_share = 0.1;      ///< of all trials, rounded up
  std::size_t max_good = 25;
  double narrow_share = 0.3;  ///< of proposals: closer to the good points
  double narrow_factor = 0.5;
  double focus_share = 0.1;  ///< of proposals: for a category that need not be among the good
                             ///< trials
  ParzenSettings good;
  ParzenSettings bad;
};

/// The tree-structured Parzen estimator (Bergstra et al. 2011) with joint kernels. After the
/// start-up trials, which are scrambled Sobol points, it draws candidates from a density of the
/// good trials and proposes the one with the largest ratio to the density of the others. Trials in
/// flight count as others, so that no two go to the same place.
std::unique_ptr<Sampler> make_tpe(SamplerOptions options, const TpeSettings& settings);

}  // namespace ocrtune
