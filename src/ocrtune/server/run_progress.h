#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/server/run_record.h"
#include "ocrtune/study/study_tail.h"

namespace ocrtune::server {

/// How many get done a minute, over the last one.
class RateMeter {
 public:
  /// So many are done at `seconds` of any clock; neither goes back.
  void add(double seconds, std::size_t done);

  /// A minute; nothing until some were done in a second at least.
  [[nodiscard]] std::optional<double> rate() const;

 private:
  std::deque<std::pair<double, std::size_t>> samples_;
};

/// Follows what a run's command writes. Not thread-safe.
class RunProgress {
 public:
  /// `pages`: of the corpus; 0 where they aren't known.
  RunProgress(const RunRequest& request, const std::filesystem::path& folder, std::size_t pages);

  /// Reads what is new, a bounded part of it; the new trials. `seconds`: of any clock; `busy_s`:
  /// that the run has been at work. Throws Error where the study can't be read.
  std::vector<TrialOutcome> read(double seconds, double busy_s);

  /// True where the last read() found no more than it read.
  [[nodiscard]] bool is_whole() const { return whole_; }

  [[nodiscard]] const RunNumbers& numbers() const { return numbers_; }

 private:
  StudyTail study_;
  std::optional<JournalTail> journal_;
  std::optional<double> budget_;
  RunNumbers numbers_;
  RateMeter meter_;
  bool whole_ = false;
};

/// RunHistory of web/src/contract/api.ts: `trials` from the `from`-th on.
nlohmann::json history_json(const std::string& id, const std::vector<TrialOutcome>& trials,
                            std::size_t from);

}  // namespace ocrtune::server
