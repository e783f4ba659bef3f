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

#include "ocrtune/evaluator/evaluator.h"
#include "ocrtune/evaluator/search_end.h"
#include "ocrtune/evaluator/search_record.h"
#include "ocrtune/samplers/page_order.h"
#include "ocrtune/samplers/pruner.h"
#include "ocrtune/samplers/sampler.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// When a search ends, if not before because its sampler has no point left.
struct SearchLimits {
  std::optional<std::size_t> trials;    ///< in the study, the baseline not counted
  std::optional<double> seconds;        ///< of this run; trials in work then are dropped
  std::optional<std::size_t> patience;  ///< trials without a better one, of one objective
};

/// What happens while a search runs; all called from the thread that called run().
struct SearchEvents {
  /// A trial that went through all pages; `earlier`: in an earlier run.
  std::function<void(const Trial&, bool earlier)> trial;
  /// A trial that was stopped early.
  std::function<void(const PrunedTrial&, bool earlier)> pruned;
  /// Several times a second, with the (trial, page) pairs done so far in this run.
  std::function<void(std::size_t)> tick;
};

/// Goes on with a study: the baseline, the points it begins with, then what the sampler proposes,
/// each stored before it is told. Trials depend on the study alone: not on the number of workers,
/// nor on how often the search was interrupted. For one thread.
class Search {
 public:
  /// `storage` outlives the search. `pruner` may be nullptr: every trial goes through all pages.
  Search(Storage& storage, std::unique_ptr<Sampler> sampler, std::unique_ptr<Pruner> pruner);

  /// Evaluates until a limit is reached or `stop` becomes true. Throws what storage and evaluator
  /// throw. To be called once.
  SearchEnd run(Evaluator& evaluator, const SearchLimits& limits, const SearchEvents& events,
                const std::atomic<bool>& stop);

 private:
  void take_over(const SearchEvents& events);
  void require_sound(const std::vector<Trial>& trials,
                     const std::vector<PrunedTrial>& pruned) const;
  NextTrial next(const SearchLimits& limits);
  TrialRequest request(std::size_t number, const Point& point);
  std::optional<Point> point_of(std::size_t number);
  void replay(const Outcome& outcome);
  bool tell_up_to(std::size_t number);
  bool ended(const SearchLimits& limits);
  [[nodiscard]] double seconds_spent() const;
  [[nodiscard]] bool is_overdue(const SearchLimits& limits) const;
  bool prunes(std::size_t number, std::span<const PageResult> first_pages);
  void keep(const SearchRecord& record);

  Storage& storage_;
  const StudyDefinition& definition_;
  Pipeline searched_;
  std::unique_ptr<Sampler> sampler_;
  std::unique_ptr<Pruner> pruner_;
  SearchRecords records_;
  PageOrder page_order_;
  std::map<std::size_t, std::vector<std::size_t>> orders_;  // of trials in work
  std::size_t in_flight_;
  std::size_t next_ = 0;
  std::size_t told_ = 0;     // trials up to this number were told
  std::size_t best_at_ = 0;  // number of the best trial among them
  double best_ = 0;
  std::optional<SearchEnd> end_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace ocrtune
