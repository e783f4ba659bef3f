#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/metrics/statistics.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// A portfolio of complementary trials: for each page, the OCR result with the largest net_legible
/// is kept.
struct PageChoice {
  std::vector<std::size_t> numbers;  ///< of the trials, the baseline first; only the baseline if no
                                     ///< other adds anything or they do not gain on the validation
                                     ///< pages
  std::vector<std::size_t> refused;  ///< of trials that do not gain on the validation pages
  std::size_t pages = 0;             ///< validation pages that have a value
  double ocr_results = 0;            ///< mean number of OCR results per page that `apply` computes
  std::optional<Interval> gain;      ///< of the objective over the baseline, on the validation
                                     ///< pages, on which the trials were not chosen; also of
                                     ///< refused trials; nothing unless all these trials were
                                     ///< evaluated on them
};

/// The baseline, the best candidate and then, one by one, the trial that adds most to the sum over
/// the pages of net_legible as a share of the best value; up to six in all, each adding at least a
/// hundredth: greedy cover (Nemhauser, Wolsey & Fisher 1978). If any trial adds something, the list
/// is filled up to six with initial points that are never pruned and whose results differ. Points
/// into `trials`; empty if there is no baseline or it has no net_legible.
std::vector<const Trial*> complementary(const StudyDefinition& definition,
                                        const std::vector<Trial>& trials);

/// The first of the complementary() trials, as many as have the largest gain in five-fold
/// cross-validation over the tuning pages; in each fold, trials are chosen on the other folds. Ties
/// go to the smaller number. All of them if there are fewer than eight pages.
std::vector<const Trial*> portfolio_trials(const StudyDefinition& definition,
                                           const std::vector<Trial>& trials);

/// Whether there is a choice, of more than the baseline.
inline bool selects(const std::optional<PageChoice>& choice) {
  return choice && choice->numbers.size() > 1;
}

/// The trials to evaluate on the validation pages: the baseline, the chosen candidate and the
/// portfolio's trials; none if there is nothing to compare the baseline with. Points into `trials`.
std::vector<const Trial*> to_be_validated(const StudyDefinition& definition,
                                          const std::vector<Trial>& trials);

/// The portfolio's trials and their gain on the validation pages; the baseline alone if they do not
/// gain.
PageChoice choose_by_page(const StudyDefinition& definition, const TrialScores& trials,
                          const Confirmations& validations);

/// The same for loaded trials.
PageChoice choose_by_page(const StudyDefinition& definition, const std::vector<Trial>& trials,
                          const Confirmations& validations);

/// Index of the OCR result that `apply` keeps. `ocr_results` are those of one page, in the order in
/// which the trials are run; the index is that of the largest net_legible up to the first that is
/// good enough. At least one. Pure.
std::size_t kept_place(const std::vector<const PageScores*>& ocr_results);

/// The pipelines of the portfolio, named `raw` and `point-NUMBER`.
Portfolio portfolio_of(const StudyDefinition& definition, const StudyTrials& trials,
                       const PageChoice& choice);

/// The same for loaded trials.
Portfolio portfolio_of(const StudyDefinition& definition, const std::vector<Trial>& trials,
                       const PageChoice& choice);

/// One line of text; empty if there is only the baseline.
std::string page_choice_text(const PageChoice& choice, Score objective);

}  // namespace ocrtune
