#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/metrics/score_values.h"
#include "ocrtune/pipeline/space.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// The scores that progress displays tell of beside the objective.
inline constexpr std::array<Score, 4> kFollowedScores{Score::confidence, Score::sharpness,
                                                      Score::contrast, Score::cnr};

/// The part of a trial that progress displays need.
struct TrialOutcome {
  std::size_t number = 0;
  std::optional<double> value;  ///< mean of the first objective; nothing if pruned
  bool keeps_constraints = true;
  std::int64_t finished_us = 0;            ///< microseconds since 1970, UTC
  bool pruned = false;                     ///< pruned
  MeanScores scores = {};                  ///< kFollowedScores; nothing if pruned
  std::optional<double> delta = {};        ///< mean confidence minus that of the original pages
  Point point = {};                        ///< its parameters; none of the baseline, and if pruned
  std::vector<std::string> settings = {};  ///< the point as Space::texts_of() has it
};

/// Reads the new trials of a study, each once, while another process writes them. The study is open
/// only during a call, so that the writer can close it properly. Not thread-safe.
class StudyTail {
 public:
  explicit StudyTail(std::string study);

  /// The next trials in the order they were written, at most `most`; none if there are no new ones,
  /// or no study yet. Throws Error(study_error) with one line that names the study.
  std::vector<TrialOutcome> next(std::size_t most);

  /// The same, of the study that is open as `storage`, each time the same one.
  std::vector<TrialOutcome> next(const Storage& storage, std::size_t most);

  /// The study's definition; nothing until next() has found a study.
  [[nodiscard]] const std::optional<StudyDefinition>& definition() const { return definition_; }

 private:
  void add_results(const Trial& trial, TrialOutcome& outcome);

  std::string study_;
  std::optional<StudyDefinition> definition_;
  std::int64_t mark_ = 0;  ///< of the last trial returned
  std::vector<PageResult> baseline_;
  Space space_;  ///< of the definition
};

}  // namespace ocrtune
