#pragma once

#include <functional>
#include <opencv2/core/types.hpp>
#include <utility>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// What run_stage gives, byte for byte, worked out in bands of rows on up to `workers` threads
/// where the stage states its reach. `check` is called before each band; what it throws ends the
/// work. Errors as run_stage. Thread-safe.
Image run_in_bands(const Stage& stage, const Image& in, const Values& settled, int workers,
                   const std::function<void()>& check);

/// The part `region` of what run_stage gives, by a stage that states its reach. `region` lies
/// within the image. Errors as run_stage. Thread-safe.
Image run_on_region(const Stage& stage, const Image& in, const Values& settled,
                    const cv::Rect& region);

/// A stage with what settled() gave.
using SettledStage = std::pair<const Stage*, Values>;

/// The part `region` of what stages that state their reach make of an image, one after the other,
/// byte for byte, on up to `workers` threads. `region` lies within the image. `check` as in
/// run_in_bands. Errors as run_stage. Thread-safe.
Image run_on_region(const std::vector<SettledStage>& stages, const Image& in,
                    const cv::Rect& region, int workers, const std::function<void()>& check);

}  // namespace ocrtune
