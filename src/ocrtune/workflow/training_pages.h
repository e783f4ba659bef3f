#pragma once

#include <cstddef>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/training/training_set.h"

namespace ocrtune::workflow {

/// The lines of pages to train with.
struct TrainingPages {
  training::TrainingSet set;
  std::size_t truth_lines = 0;  ///< that the ground truth of all pages has
  std::size_t left_out = 0;  ///< pages whose lines could not be had; a warning was given for each
};

/// The lines of the pages with ground truth, with their pictures. Pages with the same lines are one
/// page of the set. Where ground truth has no places
/// of lines, pages are recognized. `seed` is of the pictures' distortions. Throws
/// Error(limit_reached) for too many lines.
TrainingPages training_pages(const Corpus& pages, const MemoryPlan& plan,
                             const RecognitionOptions& recognition, std::uint64_t seed,
                             const Events& events);

}  // namespace ocrtune::workflow
