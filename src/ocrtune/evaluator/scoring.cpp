#include "ocrtune/evaluator/scoring.h"

#include <chrono>

#include "ocrtune/metrics/agreement.h"
#include "ocrtune/metrics/error_rate.h"
#include "ocrtune/metrics/image_quality.h"
#include "ocrtune/metrics/reading_quality.h"
#include "ocrtune/ocr/place_words.h"

namespace ocrtune {
namespace {

/// Calls `action` and adds a step with the time it took.
template <typename Action>
auto timed(std::vector<StepTiming>& steps, const char* name, Action action) {
  const auto start = std::chrono::steady_clock::now();
  auto result = action();
  const auto spent = std::chrono::steady_clock::now() - start;
  steps.push_back({name, std::chrono::duration<double, std::milli>(spent).count(), false});
  return result;
}

}  // namespace

bool Scoring::score(const Image& image, const OcrSettings& settings, const std::atomic<bool>& stop,
                    PageInk& ink) {
  Recognizer& recognizer = recognizers_.get(page_.lang, settings);
  scores_.sharpness = timed(steps_, "sharpness", [&] { return sharpness(image.gray); });
  scores_.contrast = timed(steps_, "contrast", [&] { return contrast(image.gray); });
  scores_.cnr = timed(steps_, "cnr", [&] { return cnr(image.gray); });
  reading_ = timed(steps_, "read", [&] {
    return recognizer.read(image, settings, stop, [&] { return ink.marks(); });
  });
  if (!reading_) return false;
  scores_.confidence = mean_confidence(*reading_);
  scores_.words = static_cast<int>(reading_->words.size());
  Reading placed = *reading_;
  place_words(placed, image, {page_.width, page_.height});
  const ReadingQuality quality =
      reading_quality(placed, recognizers_.lexicon(page_.lang), ink.text());
  scores_.char_confidence = quality.char_confidence;
  scores_.legible = quality.legible;
  scores_.net_legible = quality.net_legible;
  scores_.lexicon = quality.lexicon;
  scores_.garbage = quality.garbage;
  scores_.coverage = quality.coverage;
  if (page_.truth) {
    const ErrorRate errors =
        timed(steps_, "errors", [&] { return error_rate(plain_text(*reading_), *page_.truth); });
    scores_.cer = errors.cer();
    scores_.wer = errors.wer();
    scores_.bow = errors.bow();
  }
  if (page_.reference) scores_.agreement = agreement(plain_text(*reading_), *page_.reference);
  return true;
}

void Scoring::repeat(const PageScores& known) {
  scores_ = known;
  for (const char* name : {"sharpness", "contrast", "cnr", "read"})
    steps_.push_back({name, 0, true});
  if (page_.truth) steps_.push_back({"errors", 0, true});
}

}  // namespace ocrtune
