#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/metrics/score_values.h"

namespace ocrtune {

/// Name of the OCR step.
inline constexpr std::string_view kReadStep = "read";

/// One step of a page in a trial.
struct StepTiming {
  std::string name;     ///< "wait", "load", a stage, kReadStep, or Metric::step
  double ms = 0;        ///< wall-clock milliseconds of one worker
  bool cached = false;  ///< not run, because its result was cached
  /// Stage::measured of its input; nothing if the stage has no name for it.
  std::optional<double> measured = {};
  bool operator==(const StepTiming&) const = default;  ///< equal in every field
};

/// The time of the step of that name, ms; 0 if it was not run.
double step_ms(const std::vector<StepTiming>& steps, std::string_view name);

/// Times of a page, in wall-clock milliseconds of one worker.
struct PageTimings {
  std::int64_t started_us = 0;    ///< microseconds since 1970, UTC
  double total_ms = 0;            ///< from `started_us` to its end
  double preprocess_ms = 0;       ///< all stages together
  double ocr_ms = 0;              ///< kReadStep
  std::vector<StepTiming> steps;  ///< all steps in order; a study stores them separately
};

/// The result of one page in one trial.
struct PageResult {
  PageScores scores;    ///< the worst if the page could not be recognized
  PageTimings timings;  ///< running times
  /// Why the pipeline could not run on this page; then all scores are the worst.
  std::string failure;
};

/// Mean of each score over the pages that have it. A page counts at most ScoreDeclaration::most, so
/// that a page that could not be recognized is never better than a badly recognized one.
MeanScores mean_scores(const std::vector<PageResult>& pages);

/// One score of mean_scores(), without computing the others; nothing if no page has it.
std::optional<double> mean_score(const std::vector<PageResult>& pages, Score score);

/// A page's contribution to the mean of a score; nothing if it has none.
std::optional<double> page_value(const PageResult& page, Score score);

/// The same for the value of a score.
std::optional<double> counted_value(std::optional<double> value, Score score);

/// Mean of `value_of(page)` over the pages, from 0 on, for which it returns a value; nothing if
/// there is none, or if infinite values of both signs have no mean.
template <typename ValueOf>
std::optional<double> mean_over(std::size_t pages, ValueOf value_of) {
  double sum = 0;
  int count = 0;
  for (std::size_t page = 0; page < pages; ++page) {
    const std::optional<double> value = value_of(page);
    if (!value) continue;
    sum += *value;
    ++count;
  }
  if (count == 0 || std::isnan(sum)) return std::nullopt;
  return sum / count;
}

/// Improvement of a page from `before` to `after`; nothing if it has no value.
std::optional<double> page_gain(const PageResult& before, const PageResult& after, Score objective);

}  // namespace ocrtune
