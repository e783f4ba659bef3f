#pragma once

#include <functional>
#include <opencv2/core/types.hpp>
#include <optional>

#include "ocrtune/image/image.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune::server {

/// How far around a pixel a stage looks, px, where its output there depends on nothing else (but
/// the image's edges) and has the size of the input; nothing for other stages. Pure.
std::optional<int> reach_of(const Stage& stage, const Values& settled);

/// What run_stage gives, byte for byte, worked out in bands of rows on up to `workers` threads
/// where the stage's reach is known. `check` is called before each band; what it throws ends the
/// work. Errors as run_stage. Thread-safe.
Image run_in_bands(const Stage& stage, const Image& in, const Values& settled, int workers,
                   const std::function<void()>& check);

/// The part `region` of what run_stage gives, by a stage whose reach is `reach`. `region` lies
/// within the image.
Image run_on_region(const Stage& stage, const Image& in, const Values& settled, int reach,
                    const cv::Rect& region);

}  // namespace ocrtune::server
