#pragma once

#include <atomic>
#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <variant>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/execution/page_evaluator.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A trial to be evaluated.
struct TrialRequest {
  std::size_t number = 0;
  Point point;        ///< stored with the result
  Pipeline pipeline;  ///< with every parameter fixed
  /// The order in which the trial goes through the pages: all of them, or empty for page_order().
  std::vector<std::size_t> pages = {};
  bool prunable = true;
};

/// No trial is available until another one is delivered.
struct NotYet {};

/// There are no more trials.
struct NoMore {};

using NextTrial = std::variant<TrialRequest, NotYet, NoMore>;

/// Callbacks of the evaluator. All are called from the thread that called run().
struct EvaluatorEvents {
  /// Returns the next trial. Called ahead of need. Returning NotYet while no trial is in flight is
  /// a programming error (std::logic_error).
  std::function<NextTrial()> next;
  /// Gets each complete trial, in the order in which they were requested.
  std::function<void(Trial)> done;
  /// Called several times a second with the number of (trial, page) pairs done so far in this run.
  std::function<void(std::size_t)> tick;
  /// If set: returns whether a prunable trial should end, given its results on its first pages, in
  /// its order. Called after all earlier trials were delivered, once for each number of pages from
  /// 1 to one less than all, so that the answers do not depend on the number of workers.
  std::function<bool(std::size_t number, std::span<const PageResult> first_pages)> prunes = {};
  /// Gets each trial that `prunes` ended, in order among the complete ones.
  std::function<void(PrunedTrial)> pruned = {};
};

/// Evaluates trials.
class TrialEvaluator {
 public:
  virtual ~TrialEvaluator() = default;

  /// Evaluates trials until `next` returns none, or soon after `stop` becomes true. Throws the
  /// first Error of an evaluation or a callback. Not reentrant.
  virtual void run(const EvaluatorEvents& events, const std::atomic<bool>& stop) = 0;
};

/// The pages of a corpus, the largest first, so that no long page runs alone at the end.
std::vector<std::size_t> largest_first(const Corpus& corpus);

/// Turns (trial, page) pairs into results, in one flat queue over all workers. Each result
/// depends only on its trial and page, so any number of workers gives the same trials in the same
/// order.
class Evaluator final : public TrialEvaluator {
 public:
  /// Starts `plan.workers` threads, each with its own recognizers. Recognizers and caches are kept
  /// between runs. Stages run on `devices` if there are any.
  Evaluator(const Corpus& corpus, const RecognitionOptions& recognition, const MemoryPlan& plan,
            std::vector<std::shared_ptr<DeviceUse>> devices = {});

  /// Evaluates trials until `next` returns none. When `stop` becomes true, the pages in progress
  /// end early, incomplete trials are dropped, and it returns after at most about 1.2 s; a worker
  /// that cannot be interrupted is left behind (threads_left_behind). The first Error of a worker
  /// or a callback ends the run in the same way and is thrown. Not reentrant.
  void run(const EvaluatorEvents& events, const std::atomic<bool>& stop) override;

  /// The page order of a trial that requests none: largest_first().
  [[nodiscard]] const std::vector<std::size_t>& page_order() const { return page_order_; }

  /// The work saved by the caches in all runs so far.
  [[nodiscard]] CacheUse cache_use() const { return earlier_use_ + pages_->cache_use(); }

 private:
  void renew();

  Corpus corpus_;
  RecognitionOptions recognition_;
  MemoryPlan plan_;
  std::vector<std::shared_ptr<DeviceUse>> devices_;
  // Shared with the workers, which may be left behind with them.
  std::shared_ptr<PageEvaluator> pages_;
  std::vector<std::shared_ptr<RecognizerPool>> recognizers_;
  std::vector<std::size_t> page_order_;
  CacheUse earlier_use_;
};

}  // namespace ocrtune
