#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "ocrtune/base/events.h"
#include "ocrtune/execution/page_evaluator.h"
#include "ocrtune/search/search.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune::workflow {

/// The progress line of a study: points done, rate, best value so far, remaining time. Not
/// thread-safe.
class SearchProgress {
 public:
  /// Both `events` and `definition` must outlive this. `log_every`: says a line for each point of
  /// this run whose number is a multiple of it, and for each new best one.
  SearchProgress(const Events& events, const StudyDefinition& definition,
                 const SearchLimits& limits, std::optional<std::size_t> log_every = {});

  /// Adds a finished trial; `earlier`: from an earlier run.
  void add(const Trial& trial, bool earlier);
  void add(const PrunedTrial& trial, bool earlier);

  /// Shows the line. `tasks`: (trial, page) pairs done in this run.
  void show(std::size_t tasks);

 private:
  [[nodiscard]] std::string left_text(std::size_t tasks, double seconds) const;
  [[nodiscard]] double work_share(std::size_t tasks) const;
  void log(const Trial& trial, double value) const;

  const Events& events_;
  const StudyDefinition& definition_;
  Score objective_;
  std::size_t pages_;
  SearchLimits limits_;
  std::optional<std::size_t> log_every_;
  Space space_;
  std::size_t points_ = 0;
  std::size_t pruned_ = 0;
  std::size_t pages_spared_ = 0;  // saved by pruning, in this run
  std::size_t earlier_trials_ = 0;
  bool has_baseline_ = false;
  std::vector<PageResult> baseline_pages_;
  double baseline_ = 0;
  double best_ = 0;  // of trials that satisfy the constraints
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// The limits of a search as text: "120 points", "points for 10 min" or "at most 120 points in 10
/// min".
std::string wanted_text(const SearchLimits& limits);

/// One line after the work: the work saved by the caches, and the memory.
std::string work_text(const CacheUse& caches);

}  // namespace ocrtune::workflow
