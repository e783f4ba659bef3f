#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/study/definition.h"

namespace ocrtune {

/// How reliable an objective without ground truth is on a study's pages, measured on those with
/// ground truth.
struct ProxyTrust {
  std::size_t pages = 0;     ///< with ground truth, on which trials differ
  double spearman = 0;       ///< mean over the pages; 1: trials have the order of their errors
  std::size_t fewest = 0;    ///< number of the trial with the fewest character errors
  double fewest_errors = 0;  ///< its CER, a fraction
};

/// How similarly two objectives order the trials: Spearman's correlation of the two on a page; 1 if
/// the order is the same.
struct OrderAlike {
  std::size_t pages = 0;  ///< on which both distinguish at least five trials
  double spearman = 0;    ///< mean over the pages
};
/// Over the pages of `trials`, which have the same pages. Pure.
OrderAlike order_alike(Score objective, Score other, const TrialScores& trials);

/// Below this correlation, an objective hardly follows the errors.
inline constexpr double kMinTrust = 0.3;

/// Nothing if the objective itself needs ground truth, there are fewer than five trials, or no page
/// with ground truth distinguishes them.
std::optional<ProxyTrust> proxy_trust(const StudyDefinition& definition, const TrialScores& trials);

}  // namespace ocrtune
