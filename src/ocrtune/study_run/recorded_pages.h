#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "ocrtune/apply/recorded_page.h"
#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune::workflow {

/// Pages of a study that are recognized by all pipelines of a portfolio.
struct PagesToRecord {
  Storage& storage;  ///< keeps the OCR results
  PagesOfStudy which = PagesOfStudy::tuned;
  const Corpus& corpus;  ///< these pages, in the study's order
  const RecognitionOptions& recognition;
  const MemoryPlan& plan;
  const Portfolio& portfolio;
  bool looks_for_columns = true;
  /// No page is begun after it.
  std::optional<std::chrono::steady_clock::time_point> end = {};
};

/// The OCR results of each page; nothing for a page that cannot be recognized, or that was not
/// begun. Those that the study keeps are not computed again; new ones are kept page by page, each
/// page durable before the next is counted. What is there when `events` are stopped is kept.
std::vector<std::optional<RecordedPage>> record_pages(const PagesToRecord& pages,
                                                      const Events& events);

}  // namespace ocrtune::workflow
