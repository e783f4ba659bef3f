#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/score_values.h"
#include "ocrtune/pipeline/space.h"

namespace ocrtune {

/// What the step is called in which a page is read.
inline constexpr std::string_view kReadStep = "read";

/// One step on a page's way through a trial.
struct StepTiming {
  std::string name;     ///< "wait", "load", a stage, kReadStep, or Metric::step
  double ms = 0;        ///< wall-clock milliseconds of one worker
  bool cached = false;  ///< not done, because its result was known
  bool operator==(const StepTiming&) const = default;  ///< equal in every field
};

/// How long it took; wall-clock milliseconds of one worker.
struct PageTimings {
  std::int64_t started_us = 0;    ///< microseconds since 1970, UTC
  double total_ms = 0;            ///< from `started_us` to its end
  double preprocess_ms = 0;       ///< all stages together
  double ocr_ms = 0;              ///< kReadStep
  double sharpness_ms = 0;        ///< measuring Score::sharpness; 0 where it wasn't done
  double contrast_ms = 0;         ///< measuring Score::contrast; 0 where it wasn't done
  double cnr_ms = 0;              ///< measuring Score::cnr; 0 where it wasn't done
  std::vector<StepTiming> steps;  ///< every step in order; a study gives them back apart
};

/// What one page gave in one trial.
struct PageResult {
  PageScores scores;    ///< of the page; the worst where it couldn't be read
  PageTimings timings;  ///< how long it took
  /// Why the pipeline couldn't run on this page; then all scores are the worst.
  std::string failure;
};

/// By trial number: what stock Tesseract gave on each page, of trials that another reader read.
using Confirmations = std::map<std::size_t, std::vector<PageScores>>;

/// Of each score over the pages that have it, a page at most ScoreDeclaration::most: one that
/// couldn't be read is never better than one that was read badly.
MeanScores mean_scores(const std::vector<PageResult>& pages);

/// The number of one page that the mean of a score is of; nothing where the page has none.
std::optional<double> page_value(const PageResult& page, Score score);

/// By how much a page is better in `after` than in `before`; nothing where it has no value.
std::optional<double> page_gain(const PageResult& before, const PageResult& after, Score objective);

/// One point evaluated on all pages of a study, in the study's page order.
struct Trial {
  std::size_t number = 0;         ///< 0: the baseline
  Point point;                    ///< empty for the baseline
  std::vector<PageResult> pages;  ///< one each, in the study's page order
  std::int64_t started_us = 0;    ///< microseconds since 1970, UTC
  std::int64_t finished_us = 0;   ///< microseconds since 1970, UTC
  /// Of `pages`, the order it went through them in; a study doesn't give it back.
  std::vector<std::size_t> page_order = {};

  /// mean_scores() of its pages.
  [[nodiscard]] MeanScores means() const { return mean_scores(pages); }
};

/// The scores of its pages, in the study's page order.
std::vector<PageScores> scores_of(const Trial& trial);

/// A trial that was stopped before its end.
struct PrunedTrial {
  std::size_t number = 0;           ///< the trial's, from 1 on
  Point point;                      ///< where it was evaluated
  std::vector<std::size_t> pages;   ///< those it has, in the order it went through them
  std::vector<PageResult> results;  ///< on each of them
  std::int64_t started_us = 0;      ///< microseconds since 1970, UTC
  std::int64_t finished_us = 0;     ///< microseconds since 1970, UTC
};

/// The trials by an objective, the best first; the lowest number wins ties, so the baseline does.
/// Points into `trials`.
std::vector<const Trial*> best_first(const std::vector<Trial>& trials, Score objective);

}  // namespace ocrtune
