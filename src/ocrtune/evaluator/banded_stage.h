#pragma once

#include <functional>
#include <opencv2/core/types.hpp>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

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

/// A stage with what settled() gave.
using SettledStage = std::pair<const Stage*, Values>;

/// True of stages for which reach_of gives a reach.
bool has_reach(const Stage& stage);

/// The part `region` of what stages that have a reach make of an image, one after the other, byte
/// for byte, on up to `workers` threads. `region` lies within the image. `check` as in
/// run_in_bands. Errors as run_stage. Thread-safe.
Image run_on_region(const std::vector<SettledStage>& stages, const Image& in,
                    const cv::Rect& region, int workers, const std::function<void()>& check);

}  // namespace ocrtune
