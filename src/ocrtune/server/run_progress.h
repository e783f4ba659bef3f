#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/apply/journal.h"
#include "ocrtune/server/run_command.h"
#include "ocrtune/server/run_record.h"
#include "ocrtune/storage/study_tail.h"

namespace ocrtune::server {

/// Rate per minute, measured over the last minute.
class RateMeter {
 public:
  /// Sets the total number done at `seconds` of a monotonic clock, which does not decrease. If the
  /// number does, it is measured anew.
  void add(double seconds, std::size_t done);

  /// Number per minute; nothing until some were done in at least a second.
  [[nodiscard]] std::optional<double> rate() const;

 private:
  std::deque<std::pair<double, std::size_t>> samples_;
};

/// Reads the progress of a run from the output of its command. Not thread-safe.
class RunProgress {
 public:
  /// `pages`: of the corpus; 0 if unknown.
  RunProgress(const RunRequest& request, const RunPlaces& places, std::size_t pages);

  /// Reads a bounded part of the new output and returns the new trials. `seconds`: of a monotonic
  /// clock; `busy_s`: running time of the run. Throws Error if the study cannot be read.
  std::vector<TrialOutcome> read(double seconds, double busy_s);

  /// True if the last read() reached the end of the output.
  [[nodiscard]] bool is_whole() const { return whole_; }

  [[nodiscard]] const RunNumbers& numbers() const { return numbers_; }

 private:
  std::vector<TrialOutcome> read_trials();
  void read_training();

  StudyTail study_;
  std::optional<JournalTail> journal_;     // of `apply`
  std::filesystem::path training_result_;  // of `train`
  std::optional<double> budget_;
  RunNumbers numbers_;
  RateMeter meter_;
  bool whole_ = false;
};

/// What a run of `train` has written so far, as train.schema.json; null if it is nothing yet.
nlohmann::json training_json(const std::filesystem::path& file);

/// run_history of api.schema.json: `trials` starting with number `from`.
nlohmann::json history_json(const std::string& id, const std::vector<TrialOutcome>& trials,
                            std::size_t from);

}  // namespace ocrtune::server
