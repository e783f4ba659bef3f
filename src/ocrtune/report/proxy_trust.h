#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// How far an objective that needs no truth can be trusted on a study's pages, told by those that
/// have one.
struct ProxyTrust {
  std::size_t pages = 0;     ///< with truth, on which trials differ
  double spearman = 0;       ///< mean over them: 1, trials stand in the order of their errors
  std::size_t fewest = 0;    ///< number of the trial with the fewest character errors
  double fewest_errors = 0;  ///< its CER, a fraction
};

/// How far one objective orders the trials as another one does: Spearman's correlation of the two
/// on a page, 1 where the better trial by the one is the better by the other.
struct OrderAlike {
  std::size_t pages = 0;  ///< that tell at least five trials apart by both
  double spearman = 0;    ///< mean over them
};
/// Over the pages of `trials`, which have the same ones. Pure.
OrderAlike order_alike(Score objective, Score other, const std::vector<Trial>& trials);

/// Of an objective follows hardly any order below it.
inline constexpr double kLeastTrust = 0.3;

/// Nothing where the objective itself needs truth, fewer than five trials are there or no page with
/// truth tells them apart.
std::optional<ProxyTrust> proxy_trust(const StudyDefinition& definition,
                                      const std::vector<Trial>& trials);

}  // namespace ocrtune
