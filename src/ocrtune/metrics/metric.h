#pragma once

#include <functional>
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/image/corpus.h"
#include "ocrtune/metrics/score.h"
#include "ocrtune/metrics/score_values.h"
#include "ocrtune/ocr/lexicon.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// An image that was made of a page, and what was read of it.
struct MetricInput {
  const cv::Mat& gray;  ///< the image
  const Page& page;
  const Reading* reading = nullptr;       ///< of the image; null before it was read
  const Reading* placed = nullptr;        ///< the same, placed on the page as it came
  const Lexicon* lexicon = nullptr;       ///< of the page's languages
  std::span<const cv::Point> marks = {};  ///< text_marks() of the page as it came
  std::string text = {};                  ///< plain_text() of the reading
};

/// One way to judge a page: the scores that it gives and how they are worked out. Pure and
/// thread-safe.
struct Metric {
  std::vector<ScoreDeclaration> scores;

  /// Looks at the image alone, and is measured before it is read.
  bool of_image = false;

  /// What timings call it; empty: it takes too little to be told.
  std::string step = {};

  /// Sets its scores. Called for pages that have what at least one of its scores needs.
  std::function<void(const MetricInput&, ScoreValues&)> measure = {};

  /// Instead of `measure`: works its scores out of those of the metrics before it.
  std::function<void(ScoreValues&)> derive = {};
};

/// Sets the scores that metrics derive from others.
void derive_scores(ScoreValues& scores);

/// The scores of a page that couldn't be read, in the worst way.
PageScores worst_scores(const Page& page);

/// True where a page has what at least one of the metric's scores needs.
bool applies(const Metric& metric, const Page& page);

}  // namespace ocrtune
