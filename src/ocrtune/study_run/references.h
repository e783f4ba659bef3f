#pragma once

#include <string>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/study/definition.h"

namespace ocrtune::workflow {

/// Adds references to pages: the OCR results of the portfolio `documents`, combined by voting, with
/// that of the original page by `further_engine` (empty: none). A page that `wanted` excludes, or
/// that no pipeline can recognize, gets none. The same pages and engines give the same references.
/// If the command is stopped, returns the pages unchanged.
Corpus with_references(const Events& events, const Corpus& pages,
                       const RecognitionOptions& recognition, const MemoryPlan& plan,
                       References wanted, const std::string& further_engine = "");

}  // namespace ocrtune::workflow
