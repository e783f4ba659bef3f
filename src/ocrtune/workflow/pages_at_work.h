#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "ocrtune/evaluator/memory.h"
#include "ocrtune/evaluator/page_loop.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/ocr/recognizer_pool.h"
#include "ocrtune/workflow/events.h"

namespace ocrtune::workflow {

/// A page that a worker is processing.
struct PageAtWork {
  std::size_t index = 0;  ///< in the corpus
  const Page& page;
  RecognizerPool& recognizers;  ///< the worker's own
  MemoryGate::Room& room;       ///< has the page's task_bytes() and may grow
};

/// Inputs of the work on pages. All must outlive the work.
struct PagesAtWork {
  const Corpus& corpus;
  const std::vector<std::size_t>& which;  ///< indices in the corpus
  const MemoryPlan& plan;
  const RecognitionOptions& reading;
  bool in_colour = false;
  const Events& events;
  /// Text of the progress line.
  std::function<std::string(std::size_t done, std::size_t all)> line;
};

/// "12/40 pages".
std::string pages_line(std::size_t done, std::size_t all);

/// Indices of all pages of a corpus.
std::vector<std::size_t> all_of(const Corpus& corpus);

/// Calls `work` for each of the pages on the plan's threads, once the memory for it is free, and
/// `take(index, result)` from the calling thread, in order. Pages that were stopped give no result.
/// Returns the number of results. Throws the exceptions of both functions.
template <typename Result>
std::size_t work_on_pages(const PagesAtWork& pages,
                          const std::function<std::optional<Result>(PageAtWork&)>& work,
                          const std::function<void(std::size_t, Result)>& take) {
  const std::vector<std::size_t>& which = pages.which;
  std::vector<std::optional<Result>> results(which.size());
  MemoryGate gate(pages.plan.tasks);
  std::size_t done = 0;
  for_each_page(
      which.size(), pages.plan.workers, pages.reading,
      [&](std::size_t i, RecognizerPool& recognizers) {
        const Page& page = pages.corpus.pages()[which[i]];
        MemoryGate::Room room(gate, task_bytes(page, pages.in_colour));
        PageAtWork at_work{which[i], page, recognizers, room};
        results[i] = work(at_work);
        return results[i].has_value();
      },
      [&](std::size_t i) {
        take(which[i], *std::exchange(results[i], std::nullopt));
        ++done;
        pages.events.progress({pages.line(done, which.size()), done, which.size()});
      },
      *pages.events.stop);
  return done;
}

}  // namespace ocrtune::workflow
