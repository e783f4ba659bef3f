#include "ocrtune/evaluator/page_task.h"

#include <chrono>

#include "ocrtune/base/error.h"
#include "ocrtune/base/time.h"
#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/metrics/image_quality.h"
#include "ocrtune/ocr/tesseract_recognizer.h"

namespace ocrtune {
namespace {

/// Calls `action` and sets `milliseconds` to the time it took.
template <typename Action>
auto timed(double& milliseconds, Action action) {
  const auto start = std::chrono::steady_clock::now();
  auto result = action();
  milliseconds =
      std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
  return result;
}

PageResult failed(const Page& page, const std::string& why) {
  PageResult result{.scores = {}, .timings = {}, .failure = why};
  if (page.truth) result.scores.cer = result.scores.wer = 1;
  return result;
}

}  // namespace

Recognizer& RecognizerPool::get(const std::string& lang) {
  std::unique_ptr<Recognizer>& recognizer = open_[lang];
  if (!recognizer) recognizer = open_tesseract(lang, options_);
  return *recognizer;
}

std::optional<PageResult> evaluate_page(const Corpus& corpus, std::size_t index,
                                        const Pipeline& pipeline, RecognizerPool& recognizers,
                                        const std::atomic<bool>& stop) {
  const Page& page = corpus.pages()[index];
  Recognizer& recognizer = recognizers.get(page.lang);
  const Image loaded = corpus.image(index);
  PageResult result;
  PageScores& scores = result.scores;
  PageTimings& timings = result.timings;
  timings.started_us = now_us();
  try {
    const Image image = timed(timings.preprocess_ms, [&] { return pipeline.run(loaded); });
    scores.sharpness = timed(timings.sharpness_ms, [&] { return sharpness(image.gray); });
    scores.contrast = timed(timings.contrast_ms, [&] { return contrast(image.gray); });
    scores.cnr = timed(timings.cnr_ms, [&] { return cnr(image.gray); });
    const auto reading = timed(timings.ocr_ms, [&] { return recognizer.read(image, stop); });
    if (!reading) return std::nullopt;
    scores.confidence = mean_confidence(*reading);
    scores.words = static_cast<int>(reading->words.size());
    if (page.truth) {
      const ErrorRate errors = error_rate(plain_text(*reading), *page.truth);
      scores.cer = errors.cer();
      scores.wer = errors.wer();
    }
  } catch (const Error& error) {
    const PageTimings spent = timings;
    result = failed(page, error.what());
    result.timings = spent;
  }
  timings.total_ms = static_cast<double>(now_us() - timings.started_us) / 1000.0;
  return result;
}

}  // namespace ocrtune
