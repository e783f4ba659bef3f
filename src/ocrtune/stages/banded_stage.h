#pragma once

#include <cstddef>
#include <functional>
#include <opencv2/core/types.hpp>
#include <utility>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// Calls `body(i)` once for every i below `count`, on any threads, and returns when all are done.
/// The first exception stops it and is rethrown.
using ParallelLoop =
    std::function<void(std::size_t count, const std::function<void(std::size_t)>& body)>;

/// The result of run_stage, byte for byte, computed by `loop` in at most `bands` bands of rows if
/// the stage states its reach. Errors as run_stage and `loop`. Thread-safe if `loop` is.
Image run_in_bands(const Stage& stage, const Image& in, const Values& resolved, int bands,
                   const ParallelLoop& loop);

/// The same, on up to `workers` threads. `check` is called before each band; an exception from it
/// ends the work. Errors as run_stage. Thread-safe.
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
