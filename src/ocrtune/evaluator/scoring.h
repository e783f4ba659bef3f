#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/evaluator/page_ink.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/image/image.h"
#include "ocrtune/metrics/metric.h"
#include "ocrtune/ocr/recognizer_pool.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// What the steps of Scoring are called, in their order.
std::vector<std::string> scoring_steps();

/// What is measured and read of one image, with the time each took. For one thread.
class Scoring {
 public:
  /// `page` states language and truth; both outlive this.
  Scoring(const Page& page, RecognizerPool& recognizers) : page_(page), recognizers_(recognizers) {}

  /// Measures and reads, with these settings, an image that was made of the page, whose ink is
  /// `ink`. False where `stop` became true. Throws Error(limit_reached) where it is noise beside
  /// the page.
  bool score(const Image& image, const OcrSettings& settings, const std::atomic<bool>& stop,
             PageInk& ink);

  /// As `score`, from the scores of the same image and settings.
  void repeat(const PageScores& known);

  [[nodiscard]] const PageScores& scores() const { return scores_; }
  [[nodiscard]] const std::vector<StepTiming>& steps() const { return steps_; }

  /// What `score` read; nothing before, and where `stop` became true.
  [[nodiscard]] const std::optional<Reading>& reading() const { return reading_; }

 private:
  void measure(const MetricInput& in, bool of_image);

  const Page& page_;
  RecognizerPool& recognizers_;
  PageScores scores_;
  std::vector<StepTiming> steps_;
  std::optional<Reading> reading_;
};

}  // namespace ocrtune
