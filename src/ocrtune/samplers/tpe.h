#pragma once

#include <cstddef>
#include <memory>

#include "ocrtune/samplers/parzen_estimator.h"
#include "ocrtune/samplers/sampler.h"

namespace ocrtune {

struct TpeSettings {
  std::size_t startup = 20;
  std::size_t candidates = 64;
  double good_share = 0.1;
  double good_root = 0;
  double most_good = 25;
  double rank_weight = 1;  // 0: good points weigh the same
  double separate = 0;     // share of proposals by single dimensions
  double mix = 0;
  ParzenSettings good{};
  ParzenSettings bad{};
  ParzenSettings good1{};
  ParzenSettings bad1{};
};

std::unique_ptr<Sampler> make_tpe(SamplerOptions options, const TpeSettings& settings);

}  // namespace ocrtune
