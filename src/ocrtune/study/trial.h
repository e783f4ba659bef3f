#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "ocrtune/metrics/page_result.h"
#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// By trial number: Tesseract's scores of each page, for trials that used another engine.
using Confirmations = std::map<std::size_t, std::vector<PageScores>>;

/// One point evaluated on all pages of a study, in the study's page order.
struct Trial {
  std::size_t number = 0;         ///< 0: the baseline
  Point point;                    ///< empty for the baseline
  std::vector<PageResult> pages;  ///< one for each, in the study's page order
  std::int64_t started_us = 0;    ///< microseconds since 1970, UTC
  std::int64_t finished_us = 0;   ///< microseconds since 1970, UTC
  /// Indices into `pages` in the order of evaluation; not stored in a study.
  std::vector<std::size_t> page_order = {};

  /// mean_scores() of its pages.
  [[nodiscard]] MeanScores means() const { return mean_scores(pages); }

  /// mean_score() of its pages, or worst_value() if no page has the score.
  [[nodiscard]] double mean(Score score) const {
    return mean_score(pages, score).value_or(worst_value(score));
  }
};

/// The scores of its pages, in the study's page order.
std::vector<PageScores> scores_of(const Trial& trial);

/// A trial that the pruner stopped.
struct PrunedTrial {
  std::size_t number = 0;           ///< the trial's, from 1 on
  Point point;                      ///< where it was evaluated
  std::vector<std::size_t> pages;   ///< evaluated pages, in the order of evaluation
  std::vector<PageResult> results;  ///< for each of them
  std::int64_t started_us = 0;      ///< microseconds since 1970, UTC
  std::int64_t finished_us = 0;     ///< microseconds since 1970, UTC
};

/// The trials by an objective, the best first. The lowest number wins ties, so the baseline wins
/// its own. Points into `trials`.
std::vector<const Trial*> best_first(const std::vector<Trial>& trials, Score objective);

}  // namespace ocrtune
