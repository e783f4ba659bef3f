#pragma once

#include "ocrtune/cli/context.h"
#include "ocrtune/evaluator/memory.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/study/definition.h"

namespace ocrtune::cli {

/// The pages with references: what the readings of the portfolio `documents` make of each together,
/// by vote. A page that isn't `wanted`, or that none of them can read, has none. The same pages and
/// reader give the same references. Where the command is stopped the pages come back as they are.
Corpus with_references(Context& context, const Corpus& pages, const ReadingOptions& reading,
                       const MemoryPlan& plan, References wanted);

}  // namespace ocrtune::cli
