#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/page_ink.h"
#include "ocrtune/image/image.h"
#include "ocrtune/metrics/metric.h"
#include "ocrtune/metrics/page_result.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"

namespace ocrtune {

/// The names of the steps of Scoring, in order.
std::vector<std::string> scoring_steps();

/// Measures and recognizes one image, with the time of each step. For one thread.
class Scoring {
 public:
  /// `page` has the language and the ground truth. Both must outlive this.
  Scoring(const Page& page, RecognizerPool& recognizers) : page_(page), recognizers_(recognizers) {}

  /// Measures and recognizes an image made from the page, whose ink is `ink`. False if `stop`
  /// became true. Throws Error(limit_reached) if the image is noise compared with the page.
  bool score(const Image& image, const OcrSettings& settings, const std::atomic<bool>& stop,
             PageInk& ink);

  /// As `score`, with known scores of the same image and settings.
  void repeat(const PageScores& known);

  [[nodiscard]] const PageScores& scores() const { return scores_; }
  [[nodiscard]] const std::vector<StepTiming>& steps() const { return steps_; }

  /// The OCR result of `score`; nothing before, or if `stop` became true.
  [[nodiscard]] const std::optional<OcrResult>& ocr_result() const { return ocr_result_; }

 private:
  void measure(const MetricInput& in, bool of_image);

  const Page& page_;
  RecognizerPool& recognizers_;
  PageScores scores_;
  std::vector<StepTiming> steps_;
  std::optional<OcrResult> ocr_result_;
};

}  // namespace ocrtune
