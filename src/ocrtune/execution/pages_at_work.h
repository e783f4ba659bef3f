#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/execution/page_loop.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// A page that a worker is processing.
struct PageAtWork {
  std::size_t index = 0;  ///< in the corpus
  const Page& page;
  RecognizerPool& recognizers;           ///< the worker's own
  MemoryGate::Reservation& reservation;  ///< has the page's task_bytes() and may grow
};

/// Inputs of the work on pages. All must outlive the work.
struct PagesAtWork {
  const Corpus& corpus;
  const std::vector<std::size_t>& which;  ///< indices in the corpus
  const MemoryPlan& plan;
  const RecognitionOptions& recognition;
  bool in_colour = false;
  const Events& events;
  /// Text of the progress line.
  std::function<std::string(std::size_t done, std::size_t all)> line;
  /// Gets a page that is left out, and why; by default there is a warning.
  std::function<void(std::size_t index, const std::string& reason)> leave_out = {};
};

/// The text of a progress line: "12/40 pages, 31.4 pages/min, 54 s left". The rate is that since
/// this was made, so that pages of an earlier run do not count. It and the time left are stated
/// once the first few pages are done.
class PagesProgress {
 public:
  /// `seconds`: of a monotonic clock.
  explicit PagesProgress(std::function<double()> seconds = steady_seconds);

  std::string operator()(std::size_t done, std::size_t all) const;

 private:
  static double steady_seconds();

  std::function<double()> seconds_;
  double start_;
};

/// Warns that a page is left out.
void warn_of_failure(const Events& events, const Page& page, const std::string& reason);

/// Indices of all pages of a corpus.
std::vector<std::size_t> all_of(const Corpus& corpus);

/// Memory of a result of which nothing else is known: the text of a page and what belongs to it.
inline constexpr std::uint64_t kUsualResultBytes = 200'000;

/// Outcome of the work on pages.
struct WorkedPages {
  std::size_t done = 0;      ///< pages with a result
  std::size_t left_out = 0;  ///< pages on which the work failed; a warning was given for each
};

/// Calls `work` for each of the pages on the plan's threads, once the memory for it is free, and
/// `take(index, result)` from the calling thread, in order. Pages that were stopped give no result.
/// A page on which `work` throws Error(limit_reached), such as one on which an OCR engine fails, or
/// Error(input_unreadable), because its file has changed, is left out, with a warning. Throws the
/// other exceptions of both functions. `bytes` is the memory of a result that waits for those of
/// earlier pages, of which no more than planned may wait.
template <typename Result>
WorkedPages work_on_pages(const PagesAtWork& pages,
                          const std::function<std::optional<Result>(PageAtWork&)>& work,
                          const std::function<void(std::size_t, Result)>& take,
                          const std::function<std::uint64_t(const Result&)>& bytes = {}) {
  const std::vector<std::size_t>& which = pages.which;
  std::vector<std::optional<Result>> results(which.size());
  std::vector<std::string> failures(which.size());
  MemoryGate gate(pages.plan.tasks);
  WorkedPages worked;
  for_each_page(
      which.size(), pages.plan.workers, pages.recognition,
      [&](std::size_t i, RecognizerPool& recognizers) -> std::optional<PageDone> {
        const Page& page = pages.corpus.pages()[which[i]];
        MemoryGate::Reservation reservation(gate, task_bytes(page, pages.in_colour));
        PageAtWork at_work{which[i], page, recognizers, reservation};
        try {
          results[i] = work(at_work);
        } catch (const Error& error) {
          if (error.code() != Errc::limit_reached && error.code() != Errc::input_unreadable) throw;
          failures[i] = error.what();
        }
        if (results[i]) return PageDone{bytes ? bytes(*results[i]) : kUsualResultBytes};
        return failures[i].empty() ? std::nullopt : std::optional(PageDone{});
      },
      [&](std::size_t i) {
        if (results[i]) {
          take(which[i], *std::exchange(results[i], std::nullopt));
          ++worked.done;
        } else {
          if (pages.leave_out) {
            pages.leave_out(which[i], failures[i]);
          } else {
            warn_of_failure(pages.events, pages.corpus.pages()[which[i]], failures[i]);
          }
          ++worked.left_out;
        }
        const std::size_t ended = worked.done + worked.left_out;
        pages.events.progress({pages.line(ended, which.size()), ended, which.size()});
      },
      *pages.events.stop, pages.plan.finished);
  return worked;
}

}  // namespace ocrtune
