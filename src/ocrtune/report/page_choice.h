#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/metrics/statistics.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/study/storage.h"

namespace ocrtune {

/// Trials of a study whose readings complement each other, where of every page the one with most
/// net_legible is kept.
struct PageChoice {
  std::vector<std::size_t> numbers;  ///< of the trials, the baseline first; it alone where no other
                                     ///< adds anything, or the pages held out refuse them
  std::vector<std::size_t> refused;  ///< of trials that don't gain on the pages held out
  std::size_t pages = 0;             ///< held out, that have a value
  double readings = 0;               ///< of each of them, on the mean, as `apply` makes them
  std::optional<Interval> gain;      ///< of the objective over the baseline, on the pages held out,
                                     ///< which the trials weren't chosen on, of those refused too;
                                     ///< nothing where they weren't read with all these trials
};

/// The baseline, the best candidate and, one after the other, the trial that adds most of what
/// pages can have of net_legible at best; up to six in all, and none that adds less than a
/// hundredth of it: greedy cover (Nemhauser, Wolsey & Fisher 1978). Where any does, they are filled
/// up to six by those of the first points that were evaluated in any case and read otherwise.
/// Points into `trials`; empty where there is no baseline or it has no net_legible.
std::vector<const Trial*> complementary(const StudyDefinition& definition,
                                        const std::vector<Trial>& trials);

/// What complements the baseline, from the first on as many as gain most in five-fold
/// cross-validation over the pages tuned on, where each fold is read with what complements the
/// baseline on the others; of equals the fewest. All of them where there are fewer than eight
/// pages.
std::vector<const Trial*> portfolio_trials(const StudyDefinition& definition,
                                           const std::vector<Trial>& trials);

/// What the pages held out are to be read with: the chosen candidate and the portfolio's trials,
/// after the baseline itself; none where there is nothing to compare it with. Points into `trials`.
std::vector<const Trial*> to_be_validated(const StudyDefinition& definition,
                                          const std::vector<Trial>& trials);

/// The portfolio's trials, and what they gain on the pages held out; where that is nothing, the
/// baseline alone.
PageChoice choose_by_page(const StudyDefinition& definition, const std::vector<Trial>& trials,
                          const Confirmations& validations);

/// Which of `readings`, of one page by trials in the order they are tried, `apply` keeps: the place
/// of the one with most net_legible before the first that is good enough. At least one. Pure.
std::size_t kept_place(const std::vector<const PageScores*>& readings);

/// The pipelines of the choice, `raw` and `point-NUMBER`.
Portfolio portfolio_of(const StudyDefinition& definition, const std::vector<Trial>& trials,
                       const PageChoice& choice);

/// One line for a person; empty where the baseline is all there is.
std::string page_choice_text(const PageChoice& choice, Score objective);

}  // namespace ocrtune
