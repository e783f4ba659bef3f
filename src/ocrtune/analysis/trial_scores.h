#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

#include "ocrtune/storage/storage.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Scores of the pages of trials, 8 bytes for each value: what of a study's trials is compared with
/// each other, without their points and times.
class TrialScores {
 public:
  /// No trials yet, on so many pages; of each, these scores are kept.
  TrialScores(const std::vector<Score>& scores, std::size_t pages);

  /// Adds a trial on all pages.
  void add(const Trial& trial);

  /// Number of trials; they are addressed by their index, in the order in which they were added.
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }
  /// True if there is no trial.
  [[nodiscard]] bool empty() const { return numbers_.empty(); }
  /// Number of pages.
  [[nodiscard]] std::size_t pages() const { return pages_; }
  /// The numbers of the trials.
  [[nodiscard]] const std::vector<std::size_t>& numbers() const { return numbers_; }
  /// Number of (trial, page) pairs of all trials on all pages on which the pipeline could not run.
  [[nodiscard]] std::size_t failed_pages() const { return failed_pages_; }

  /// True if the first trial is the baseline.
  [[nodiscard]] bool has_baseline() const { return !empty() && numbers_.front() == 0; }

  /// A page's score; nothing if it has none, or the score is not kept.
  [[nodiscard]] std::optional<double> find(std::size_t index, std::size_t page, Score score) const;

  /// page_value() of a page.
  [[nodiscard]] std::optional<double> value(std::size_t index, std::size_t page, Score score) const;

  /// Trial::mean() of a score that is kept.
  [[nodiscard]] double mean(std::size_t index, Score score) const;

  /// The same trials on some of the pages.
  [[nodiscard]] TrialScores on_pages(const std::vector<std::size_t>& pages) const;

  /// The results of a trial's pages, with the scores that are kept and nothing else.
  [[nodiscard]] std::vector<PageResult> results(std::size_t index) const;

 private:
  std::size_t pages_;
  std::vector<std::size_t> numbers_;
  std::vector<Score> scores_;
  std::vector<int> places_;                   ///< by score: its index in `scores_`, or -1
  std::vector<std::vector<double>> columns_;  ///< by score and page; NaN: no value; empty: none has
  std::size_t failed_pages_ = 0;
};

/// The scores that comparisons of a study's trials need: objectives, those of constraints, and what
/// recommendation, complementary trials and trust are derived from.
std::vector<Score> compared_scores(const StudyDefinition& definition);

/// Those scores of trials.
TrialScores scores_of(const StudyDefinition& definition, const std::vector<Trial>& trials);

/// The trials of a study, as far as they are compared, and each one of them by its number.
struct StudyTrials {
  TrialScores scores;                           ///< compared_scores() of all of them
  std::function<Trial(std::size_t number)> at;  ///< throws Error(study_error) if there is none
};

/// Reads a study's trials, few at a time, and calls `visit` for each. `study` must outlive the
/// result.
StudyTrials study_trials(
    const Storage& study, const std::function<void(const Trial&)>& visit = [](const Trial&) {},
    TrialSteps steps = TrialSteps::left_out);

/// The same for loaded trials, which must outlive the result.
StudyTrials study_trials(const StudyDefinition& definition, const std::vector<Trial>& trials);

/// Indices of the trials by an objective, the best first. The lowest number wins ties, so the
/// baseline wins its own.
std::vector<std::size_t> best_first(const TrialScores& trials, Score objective);

}  // namespace ocrtune
