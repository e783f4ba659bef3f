#pragma once

#include <functional>
#include <opencv2/core/mat.hpp>
#include <opencv2/core/types.hpp>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/metrics/score.h"
#include "ocrtune/metrics/score_values.h"
#include "ocrtune/ocr/lexicon.h"

namespace ocrtune {

/// A preprocessed image of a page and its OCR result.
struct MetricInput {
  const cv::Mat& gray;  ///< the image
  const Page& page;
  const OcrResult* ocr_result = nullptr;  ///< OCR result of the image; null before recognition
  const OcrResult* placed = nullptr;      ///< the same, in coordinates of the original page
  const Lexicon* lexicon = nullptr;       ///< of the page's languages
  std::span<const cv::Point> marks = {};  ///< text_marks() of the original page
  std::string text = {};                  ///< plain_text() of the OCR result
};

/// A group of scores and the function that measures them. Pure and thread-safe.
struct Metric {
  std::vector<ScoreDeclaration> scores;

  /// True if it uses the image alone; then it is measured before recognition.
  bool of_image = false;

  /// Name of its step in the timings; empty: too short to be listed.
  std::string step = {};

  /// Sets its scores. Called for pages that have what at least one of its scores needs.
  std::function<void(const MetricInput&, ScoreValues&)> measure = {};

  /// Instead of `measure`: computes its scores from those of the metrics before it.
  std::function<void(ScoreValues&)> derive = {};
};

/// Sets the scores that metrics derive from others.
void derive_scores(ScoreValues& scores);

/// The worst scores, for a page that could not be recognized.
PageScores worst_scores(const Page& page);

/// True if a page has what at least one of the metric's scores needs.
bool applies(const Metric& metric, const Page& page);

}  // namespace ocrtune
