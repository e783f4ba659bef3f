#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "ocrtune/evaluator/memory.h"
#include "ocrtune/evaluator/page_evaluator.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/ocr/recognizer_pool.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A trial to be evaluated.
struct TrialRequest {
  std::size_t number = 0;
  Point point;        ///< kept with the result
  Pipeline pipeline;  ///< every parameter fixed
};

/// A trial that was stopped before its end.
struct PrunedTrial {
  std::size_t number = 0;
  Point point;
  std::vector<PageResult> first_pages;  ///< what it has, in the evaluator's page_order()
  std::int64_t started_us = 0;
  std::int64_t finished_us = 0;
};

/// What happens while the evaluator works; all called from the thread that called run().
struct EvaluatorEvents {
  /// The next trial, or nothing where there is none. Asked for ahead of need.
  std::function<std::optional<TrialRequest>()> next;
  /// A whole trial, in the order in which they were asked for.
  std::function<void(Trial)> done;
  /// Several times a second, with the (trial, page) pairs done so far in this run.
  std::function<void(std::size_t)> tick;
  /// Where given: whether a trial should end after the results it has on its first pages, in
  /// page_order(). Asked when all earlier trials were delivered, once for each number of pages from
  /// 1 to one less than all, so that the answers don't depend on the number of workers.
  std::function<bool(std::size_t number, std::span<const PageResult> first_pages)> prunes = {};
  /// A trial that `prunes` ended, in its place among the whole ones.
  std::function<void(PrunedTrial)> pruned = {};
};

/// Turns (trial, page) pairs into results: one flat queue over all workers. Each result depends on
/// its trial and page alone, so any number of workers gives the same trials in the same order.
class Evaluator {
 public:
  /// `plan.workers` threads, each with recognizers of its own that stay open between runs, as do
  /// the caches. `corpus` must outlive the evaluator.
  Evaluator(const Corpus& corpus, const ReadingOptions& reading, const MemoryPlan& plan);

  /// Evaluates trials until `next` gives none. When `stop` becomes true, the pages in work end
  /// early, trials that are not whole are dropped, and it returns. The first Error of a worker or a
  /// callback ends it the same way and is thrown. Not to be called twice at a time.
  void run(const EvaluatorEvents& events, const std::atomic<bool>& stop);

  /// The order in which each trial goes through the pages: the largest first, so that no long page
  /// is left for last.
  [[nodiscard]] const std::vector<std::size_t>& page_order() const { return page_order_; }

  /// What the caches spared in all runs so far.
  [[nodiscard]] CacheUse cache_use() const { return pages_.cache_use(); }

 private:
  PageEvaluator pages_;
  std::vector<RecognizerPool> recognizers_;
  std::vector<std::size_t> page_order_;
};

}  // namespace ocrtune
