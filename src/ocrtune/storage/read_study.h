#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ocrtune/storage/score_columns.h"
#include "ocrtune/storage/sql.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Reads the study's definition. Throws Error(study_error), without the study's name, if its
/// content is damaged or from a newer program, or if the database fails.
StudyDefinition read_definition(SqlDatabase& database);

/// Reads the finished trials part by part, each with a result for every one of `page_count` pages.
class TrialReader {
 public:
  /// `database` must outlive it. Errors as read_definition, here and in next().
  TrialReader(SqlDatabase& database, std::size_t page_count, TrialSteps steps);

  /// The next trials, by number, at most `most`; none after the last one. After an error, the next
  /// call reads the same trials again.
  std::vector<Trial> next(std::size_t most);

 private:
  SqlDatabase& database_;
  std::size_t page_count_;
  TrialSteps steps_;
  ScoreColumns scores_;
  std::int64_t last_;  ///< number of the last trial that was read
};

/// The finished trials with numbers from `first` to `last`, by number. Errors as read_definition.
std::vector<Trial> read_trials_between(SqlDatabase& database, std::size_t first, std::size_t last,
                                       std::size_t page_count);

/// The finished trial with a number, if there is one. Errors as read_definition.
std::optional<Trial> read_trial(SqlDatabase& database, std::size_t number, std::size_t page_count,
                                TrialSteps steps);

/// All pruned trials, by number. Errors as read_definition.
std::vector<PrunedTrial> read_pruned(SqlDatabase& database, std::size_t page_count);

/// Storage::written_after.
std::vector<WrittenTrial> read_written_after(SqlDatabase& database, std::int64_t mark,
                                             std::size_t most);

/// Storage::counts.
TrialCounts read_counts(SqlDatabase& database);

}  // namespace ocrtune
