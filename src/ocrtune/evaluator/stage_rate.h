#pragma once

#include <atomic>

#include "ocrtune/evaluator/device_use.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// Pages a second that go through a pipeline's stages, `threads` at a time, on the device or, where
/// it is null, on the processors: measured for about `seconds`, on a few of the corpus's pages over
/// and over, without loading and reading them, and without caches. 0 where the device failed, or
/// `stop` became true. `pipeline` has every parameter fixed. Throws
/// Error(input_unreadable) where a page can't be loaded any more.
double stage_rate(const Corpus& corpus, const Pipeline& pipeline, DeviceUse* device, int threads,
                  double seconds, const std::atomic<bool>& stop);

}  // namespace ocrtune
