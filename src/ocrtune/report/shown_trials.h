#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Chooses the trials that a page shows of a study: all, or of more than `most` ones
/// - the baseline,
/// - those that were the best by the first objective when they were finished, a quarter of `most`,
/// - the last ones, a twentieth,
/// - of all trials not quite a half, evenly by number,
/// - and the best of the others by the first objective, as many as make `most`.
class ShownTrials {
 public:
  /// `count`: of trials that will be added, as far as it is known.
  ShownTrials(const StudyDefinition& definition, std::size_t count, std::size_t most);

  /// Adds a trial, by number.
  void add(const Trial& trial);

  /// True if the trial with a number will be shown, whatever is added.
  [[nodiscard]] bool has(std::size_t number) const;

  /// Adds a trial that has to be shown. Numbers that are shown already change nothing.
  void require(const Trial& trial);

  /// The chosen trials, by number. To be called last.
  [[nodiscard]] std::vector<Trial> chosen() &&;

 private:
  void drop_worst(std::size_t left);

  Score objective_;
  std::size_t count_;
  std::size_t most_;
  std::size_t best_count_;
  std::size_t last_count_;
  std::size_t even_count_;
  std::size_t added_ = 0;
  std::optional<double> best_so_far_;           ///< minimized
  std::size_t steps_ = 0;                       ///< trials that were the best so far
  std::vector<Trial> sure_;                     ///< by number
  std::vector<std::pair<double, Trial>> best_;  ///< minimized value; others are among `sure_`
  double worst_kept_ = std::numeric_limits<double>::infinity();
};

}  // namespace ocrtune
