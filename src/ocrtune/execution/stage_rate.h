#pragma once

#include <atomic>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/device_use.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// Pages per second that the stages of a pipeline process with `threads` threads on the device or,
/// if it is null, on the CPU. Measured for about `seconds` on a few pages of the corpus,
/// repeatedly, without loading, OCR and caches. 0 if the device failed or `stop` became true.
/// `pipeline` has every parameter fixed. Throws Error(input_unreadable) if a page cannot be loaded
/// any more.
double stage_rate(const Corpus& corpus, const Pipeline& pipeline, DeviceUse* device, int threads,
                  double seconds, const std::atomic<bool>& stop);

}  // namespace ocrtune
