#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "ocrtune/evaluator/page_task.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A trial to be evaluated.
struct TrialRequest {
  std::size_t number = 0;
  Point point;        ///< kept with the result
  Pipeline pipeline;  ///< every parameter fixed
};

/// What happens while the evaluator works; all called from the thread that called run().
struct EvaluatorEvents {
  /// The next trial, or nothing where there is none. Asked for ahead of need.
  std::function<std::optional<TrialRequest>()> next;
  /// A whole trial, in the order in which they were asked for.
  std::function<void(Trial)> done;
  /// Several times a second, with the (trial, page) pairs done so far in this run.
  std::function<void(std::size_t)> tick;
};

/// Turns (trial, page) pairs into results: one flat queue over all workers. Each result depends on
/// its trial and page alone, so any number of workers gives the same trials in the same order.
class Evaluator {
 public:
  /// `workers` threads, each with recognizers of its own that stay open between runs. `corpus` must
  /// outlive the evaluator.
  Evaluator(const Corpus& corpus, const ReadingOptions& reading, int workers);

  /// Evaluates trials until `next` gives none. When `stop` becomes true, the pages in work end
  /// early, trials that are not whole are dropped, and it returns. The first Error of a worker or a
  /// callback ends it the same way and is thrown. Not to be called twice at a time.
  void run(const EvaluatorEvents& events, const std::atomic<bool>& stop);

 private:
  const Corpus& corpus_;
  std::vector<RecognizerPool> recognizers_;
  std::vector<std::size_t> page_order_;  ///< largest first, so that no long page is left for last
};

}  // namespace ocrtune
