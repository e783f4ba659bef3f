#pragma once

#include "ocrtune/evaluator/memory.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/workflow/events.h"

namespace ocrtune::workflow {

/// The pages with references: what the readings of the portfolio `documents` make of each together,
/// by vote. A page that isn't `wanted`, or that none of them can read, has none. The same pages and
/// reader give the same references. Where the command is stopped the pages come back as they are.
Corpus with_references(const Events& events, const Corpus& pages, const ReadingOptions& reading,
                       const MemoryPlan& plan, References wanted);

}  // namespace ocrtune::workflow
