#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// What a study's progress is told by, of one trial.
struct TrialOutcome {
  std::size_t number = 0;
  std::optional<double> value;  ///< mean of the first objective; nothing where it was pruned
  bool keeps_constraints = true;
  std::int64_t finished_us = 0;  ///< microseconds since 1970, UTC
  bool pruned = false;           ///< stopped early
};

/// Reads the trials of a study as they come, each once, while another process writes them. The file
/// is open during a call only, so that whoever writes it can close it properly. Not thread-safe.
class StudyTail {
 public:
  explicit StudyTail(std::filesystem::path file);

  /// The next trials in the order they were written, at most `most`; none where there are no new
  /// ones, or no study yet. Throws Error(study_error) with one line that names the file.
  std::vector<TrialOutcome> next(std::size_t most);

  /// Of the study; nothing until next() has found one.
  [[nodiscard]] const std::optional<StudyDefinition>& definition() const { return definition_; }

 private:
  std::filesystem::path file_;
  std::optional<StudyDefinition> definition_;
  std::int64_t last_id_ = 0;  ///< Optuna's number of the last trial that was read
  std::vector<PageResult> baseline_;
};

/// One finished trial of a study, without reading the others; nothing where there is none of that
/// number. Throws Error(study_error) with one line that names the file. Thread-safe.
std::optional<Trial> view_trial(const std::filesystem::path& file, std::size_t number);

/// How many trials a study has, the baseline counted.
struct TrialCounts {
  std::size_t finished = 0;
  std::size_t pruned = 0;
};

/// Without reading them. Errors as view_trial. Thread-safe.
TrialCounts count_trials(const std::filesystem::path& file);

}  // namespace ocrtune
