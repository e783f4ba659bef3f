#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ocrtune/search/evaluator.h"
#include "ocrtune/search/samplers/page_order.h"
#include "ocrtune/search/samplers/pruner.h"
#include "ocrtune/search/samplers/sampler.h"
#include "ocrtune/search/search_end.h"
#include "ocrtune/search/search_record.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// When a search ends, unless its sampler has no point left before.
struct SearchLimits {
  std::optional<std::size_t> trials;    ///< in the study, without the baseline
  std::optional<double> seconds;        ///< of this run; trials then in flight are dropped
  std::optional<std::size_t> patience;  ///< trials without a new best one, for one objective
};

/// Callbacks of a search. All are called from the thread that called run().
struct SearchEvents {
  /// Gets each trial on all pages; `earlier`: from an earlier run.
  std::function<void(const Trial&, bool earlier)> trial;
  /// Gets each pruned trial.
  std::function<void(const PrunedTrial&, bool earlier)> pruned;
  /// Called several times a second with the number of (trial, page) pairs done so far in this run.
  std::function<void(std::size_t)> tick;
};

/// Starts or resumes a study: the baseline, the initial points, then the sampler's points. Each
/// trial is stored before the sampler gets its result. Trials depend on the study alone: not on the
/// number of workers, nor on how often the search was interrupted. For one thread.
class Search {
 public:
  /// `storage` must outlive the search. `pruner` may be nullptr: every trial goes through all
  /// pages.
  Search(Storage& storage, std::unique_ptr<Sampler> sampler, std::unique_ptr<Pruner> pruner);

  /// Instead of run(), for callers that evaluate trials themselves: the next trial, beginning with
  /// the baseline. NotYet if it depends on trials that were not told yet. Throws the errors of the
  /// storage.
  NextTrial ask();

  /// Stores a trial that was asked for; all before it must have been told. Throws the errors of the
  /// storage.
  void tell(const Trial& trial);

  /// Evaluates until a limit is reached or `stop` becomes true. Throws the errors of storage and
  /// evaluator. Must be called only once.
  SearchEnd run(TrialEvaluator& evaluator, const SearchLimits& limits, const SearchEvents& events,
                const std::atomic<bool>& stop);

 private:
  void resume(const SearchEvents& events);
  void require_in_space(std::size_t number, const Point& point) const;
  void replay_known();
  [[nodiscard]] bool is_design() const { return definition_.search.sampler == kDesign; }
  NextTrial next(const SearchLimits& limits);
  TrialRequest request(std::size_t number, const Point& point);
  std::optional<Point> point_of(std::size_t number);
  void replay(const Outcome& outcome);
  bool tell_up_to(std::size_t number);
  bool ended(const SearchLimits& limits);
  [[nodiscard]] double seconds_spent() const;
  [[nodiscard]] bool is_overdue(const SearchLimits& limits) const;
  bool prunes(std::size_t number, std::span<const PageResult> first_pages);
  void tell_pruner(const SearchRecord& record);

  Storage& storage_;
  const StudyDefinition& definition_;
  Pipeline searched_;
  Space space_;
  std::unique_ptr<Sampler> sampler_;
  std::unique_ptr<Pruner> pruner_;
  SearchRecords records_;
  std::optional<PageOrder> page_order_;                     // with a pruner only
  std::map<std::size_t, std::vector<std::size_t>> orders_;  // of trials in flight
  std::size_t in_flight_;
  std::size_t next_ = 0;     // the first number that was neither found nor requested
  std::size_t told_ = 0;     // trials up to this number were passed to the sampler
  std::size_t best_at_ = 0;  // number of the best trial among them
  double best_ = 0;
  std::optional<SearchEnd> end_;
  bool resumed_ = false;  // the trials of earlier runs
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace ocrtune
