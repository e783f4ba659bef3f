#pragma once

#include <functional>
#include <optional>
#include <string>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/study/definition.h"

namespace ocrtune::workflow {

/// The references of pages that were made before, and what keeps those that are made now, each
/// before the next is asked for.
struct ReferenceStock {
  KeptReferences known;
  std::function<void(std::size_t page, const std::optional<std::string>& text)> keep;
};

/// Adds references to pages, those of `stock` or new ones: the OCR results of the portfolio
/// `documents`, combined by voting, with that of the original page by `further_engine` (empty:
/// none). A page that `wanted` excludes, or that no pipeline can recognize, gets none. The same
/// pages and engines give the same references. If the command is stopped, returns the pages
/// unchanged; what is in the stock need not be made again.
Corpus with_references(const Events& events, const Corpus& pages,
                       const RecognitionOptions& recognition, const MemoryPlan& plan,
                       References wanted, ReferenceStock stock,
                       const std::string& further_engine = "");

}  // namespace ocrtune::workflow
