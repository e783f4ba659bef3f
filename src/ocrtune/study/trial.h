#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/pipeline/space.h"
#include "ocrtune/study/objective.h"

namespace ocrtune {

/// What one pipeline gave on one page.
struct PageScores {
  double confidence = 0;  ///< mean of the word confidences, 0 to 100; 0 with no word
  int words = 0;
  double sharpness = 0;
  double contrast = 0;
  double cnr = 0;
  std::optional<double> cer;  ///< where the page has a truth
  std::optional<double> wer;
  std::optional<double> bow;  ///< where there is a truth, and not in studies of earlier formats
  // See ReadingQuality; trials of ocrtune 0.1's first studies lack them.
  std::optional<double> char_confidence;
  std::optional<double> legible;
  std::optional<double> net_legible;
  std::optional<double> lexicon;
  std::optional<double> garbage;
  std::optional<double> agreement;  ///< with the page's reference, where it has one; 0 to 1
  std::optional<double> coverage;   ///< of what looks like text on the page, 0 to 1
  bool operator==(const PageScores&) const = default;
};

/// True where `now` has every score that `stored` has, bit for bit; a study of an earlier format
/// lacks some.
bool same_results(const PageScores& stored, PageScores now);

/// One step on a page's way through a trial.
struct StepTiming {
  std::string name;  ///< "wait", "load", a stage, "sharpness", "contrast", "cnr", "read", "errors"
  double ms = 0;     ///< wall-clock milliseconds of one worker
  bool cached = false;  ///< not done, because its result was known
  bool operator==(const StepTiming&) const = default;
};

/// How long it took; wall-clock milliseconds of one worker.
struct PageTimings {
  std::int64_t started_us = 0;  ///< microseconds since 1970, UTC
  double total_ms = 0;
  double preprocess_ms = 0;
  double ocr_ms = 0;
  double sharpness_ms = 0;
  double contrast_ms = 0;
  double cnr_ms = 0;
  double work_ms = 0;             ///< stages and reading, as long as they take where no cache helps
  std::vector<StepTiming> steps;  ///< every step in order; a study gives them back apart
};

struct PageResult {
  PageScores scores;
  PageTimings timings;
  std::string
      failure;  ///< why the pipeline couldn't run on this page; then all scores are the worst
};

/// By trial number: what stock Tesseract gave on each page, of trials that another reader read.
using Confirmations = std::map<std::size_t, std::vector<PageScores>>;

/// Means over the pages; cer, wer and bow over those with a truth, of each at most 1: a page that
/// couldn't be read is never better than one that was read badly.
struct MeanScores {
  double confidence = 0;
  double words = 0;
  double sharpness = 0;
  double contrast = 0;
  double cnr = 0;
  double time = 0;  ///< work_ms
  std::optional<double> cer;
  std::optional<double> wer;
  std::optional<double> bow;
  std::optional<double> char_confidence;
  std::optional<double> legible;
  std::optional<double> net_legible;
  std::optional<double> clarity;
  std::optional<double> checked_clarity;
  std::optional<double> lexicon;
  std::optional<double> garbage;
  std::optional<double> agreement;
  std::optional<double> coverage;

  /// The objective's value, where it can be told.
  [[nodiscard]] std::optional<double> find(Objective objective) const;

  /// The objective's value; the worst there is (0 or 1) where it can't be told.
  [[nodiscard]] double value(Objective objective) const;
};

MeanScores mean_scores(const std::vector<PageResult>& pages);

/// The number of one page that an objective is the mean of, of error rates at most 1; nothing where
/// the page has no truth.
std::optional<double> page_value(const PageResult& page, Objective objective);

/// By how much a page is better in `after` than in `before`; nothing where it has no value.
std::optional<double> page_gain(const PageResult& before, const PageResult& after,
                                Objective objective);

/// One point evaluated on all pages of a study, in the study's page order.
struct Trial {
  std::size_t number = 0;  ///< 0: the baseline
  Point point;
  std::vector<PageResult> pages;
  std::int64_t started_us = 0;  ///< microseconds since 1970, UTC
  std::int64_t finished_us = 0;
  std::vector<std::size_t> page_order = {};  ///< it went through them in; a study doesn't keep it

  [[nodiscard]] MeanScores means() const { return mean_scores(pages); }
};

std::vector<PageScores> scores_of(const Trial& trial);

/// A trial that was stopped before its end.
struct PrunedTrial {
  std::size_t number = 0;
  Point point;
  std::vector<std::size_t> pages;   ///< those it has, in the order it went through them
  std::vector<PageResult> results;  ///< on each of them
  std::int64_t started_us = 0;
  std::int64_t finished_us = 0;
};

/// The trials by an objective, the best first; the lowest number wins ties, so the baseline does.
/// Points into `trials`.
std::vector<const Trial*> best_first(const std::vector<Trial>& trials, Objective objective);

}  // namespace ocrtune
