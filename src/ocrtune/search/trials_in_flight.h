#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "ocrtune/search/evaluator.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A trial in flight. Results are in the order of `request.pages`.
struct RunningTrial {
  TrialRequest request;
  std::vector<PageResult> results;
  std::vector<bool> done;
  std::size_t left = 0;
  std::size_t first_done = 0;  ///< number of first pages that are done without a gap
  std::size_t asked = 0;       ///< number of pages for which the pruner was asked
  std::int64_t started_us = 0;
  std::int64_t finished_us = 0;
};

/// The trials that were requested and not yet delivered. Puts the results of pages, which come in
/// any order, back into the order of the trials, and asks the pruner as if each page had been
/// evaluated alone, so that the answers do not depend on who evaluates what when. Thread-safe,
/// except that next(), is_open(), is_over(), deliver() and the callbacks belong to one thread.
class TrialsInFlight {
 public:
  /// Pruned trials are reported to `dropped` too, before they are delivered: nobody needs their
  /// further pages.
  TrialsInFlight(std::vector<std::size_t> page_order, const EvaluatorEvents& events,
                 std::function<void(const std::shared_ptr<RunningTrial>&)> dropped);

  /// Requests the next trial; one that states no order of the pages gets `page_order`. Nothing if
  /// none is available now.
  std::shared_ptr<RunningTrial> next();

  /// Whether next() is worth calling: neither are there no more trials, nor must one be delivered
  /// first.
  [[nodiscard]] bool is_open() const { return supply_ == Supply::open; }

  /// Whether all trials were delivered and there are no more. Throws std::logic_error if the next
  /// one waits for a trial though none is in flight.
  [[nodiscard]] bool is_over() const;

  /// Notes that a page of a trial was begun, at a time in microseconds since 1970.
  void begin(RunningTrial& trial, std::int64_t at_us);

  /// Takes the result of a page, the one at `place` in the trial's order. True if there may be
  /// something to deliver now.
  bool finish(RunningTrial& trial, std::size_t place, PageResult result, std::int64_t at_us);

  /// Delivers the trials at the front that are complete or pruned.
  void deliver();

  /// Whether deliver() has something to do: the trial at the front is complete, or has pages for
  /// which the pruner must be asked.
  [[nodiscard]] bool has_news() const;

  /// Whether the page at `place` in the trial's order is to be evaluated before further pages of
  /// earlier trials, which these may not need: the pruner hardly ever ends a trial before it.
  [[nodiscard]] bool comes_first(const RunningTrial& trial, std::size_t place) const;

 private:
  [[nodiscard]] bool can_prune(const RunningTrial& trial) const;
  [[nodiscard]] bool front_has_news() const;
  bool ask_about_pruning(RunningTrial& trial, std::size_t first_done);
  void hand_on(RunningTrial& trial);
  void hand_on_pruned(RunningTrial& trial);

  const std::vector<std::size_t> page_order_;
  const EvaluatorEvents& events_;
  const bool prunes_;
  const std::function<void(const std::shared_ptr<RunningTrial>&)> dropped_;
  enum class Supply { open, awaits_news, ended } supply_ = Supply::open;
  mutable std::mutex mutex_;
  std::deque<std::shared_ptr<RunningTrial>> trials_;
};

}  // namespace ocrtune
