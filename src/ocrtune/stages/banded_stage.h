#pragma once

#include <functional>
#include <opencv2/core/types.hpp>
#include <utility>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// The result of run_stage, byte for byte, computed in bands of rows on up to `workers` threads if
/// the stage states its reach. `check` is called before each band; an exception from it ends the
/// work. Errors as run_stage. Thread-safe.
Image run_in_bands(const Stage& stage, const Image& in, const Values& resolved, int workers,
                   const std::function<void()>& check);

/// The part `region` of the result of run_stage, for a stage that states its reach. `region` lies
/// within the image. Errors as run_stage. Thread-safe.
Image run_on_region(const Stage& stage, const Image& in, const Values& resolved,
                    const cv::Rect& region);

/// A stage with the result of resolved().
using SettledStage = std::pair<const Stage*, Values>;

/// The part `region` of the result of several stages that state their reach, run one after the
/// other, byte for byte, on up to `workers` threads. `region` lies within the image. `check` as in
/// run_in_bands. Errors as run_stage. Thread-safe.
Image run_on_region(const std::vector<SettledStage>& stages, const Image& in,
                    const cv::Rect& region, int workers, const std::function<void()>& check);

}  // namespace ocrtune
