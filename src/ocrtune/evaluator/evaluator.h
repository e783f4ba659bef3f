#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <variant>
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
  /// The order in which it goes through the pages: all of them, or none for page_order().
  std::vector<std::size_t> pages = {};
  bool prunable = true;
};

/// There is no trial to give before another one is delivered.
struct NotYet {};

/// There is no trial to give any more.
struct NoMore {};

using NextTrial = std::variant<TrialRequest, NotYet, NoMore>;

/// What happens while the evaluator works; all called from the thread that called run().
struct EvaluatorEvents {
  /// The next trial. Asked for ahead of need. NotYet while no trial is in work is an error of the
  /// caller's (std::logic_error).
  std::function<NextTrial()> next;
  /// A whole trial, in the order in which they were asked for.
  std::function<void(Trial)> done;
  /// Several times a second, with the (trial, page) pairs done so far in this run.
  std::function<void(std::size_t)> tick;
  /// Where given: whether a prunable trial should end after the results it has on its first pages,
  /// in its order. Asked when all earlier trials were delivered, once for each number of pages from
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
  /// the caches. Stages run on `devices` where there are any.
  Evaluator(const Corpus& corpus, const ReadingOptions& reading, const MemoryPlan& plan,
            std::vector<std::shared_ptr<DeviceUse>> devices = {});

  /// Evaluates trials until `next` gives none. When `stop` becomes true, the pages in work end
  /// early, trials that are not whole are dropped, and it returns, after some 1.2 s at most: a
  /// worker in the middle of what can't be interrupted is left behind (threads_left_behind). The
  /// first Error of a worker or a callback ends it the same way and is thrown. Not to be called
  /// twice at a time.
  void run(const EvaluatorEvents& events, const std::atomic<bool>& stop);

  /// The order in which a trial that asks for none goes through the pages: the largest first, so
  /// that no long page is left for last.
  [[nodiscard]] const std::vector<std::size_t>& page_order() const { return page_order_; }

  /// What the caches spared in all runs so far.
  [[nodiscard]] CacheUse cache_use() const { return earlier_use_ + pages_->cache_use(); }

 private:
  void renew();

  Corpus corpus_;
  ReadingOptions reading_;
  MemoryPlan plan_;
  std::vector<std::shared_ptr<DeviceUse>> devices_;
  // Shared with workers, who may be left behind with them.
  std::shared_ptr<PageEvaluator> pages_;
  std::vector<std::shared_ptr<RecognizerPool>> recognizers_;
  std::vector<std::size_t> page_order_;
  CacheUse earlier_use_;
};

}  // namespace ocrtune
