#include "ocrtune/execution/scoring.h"

#include <chrono>
#include <string>

#include "ocrtune/documents/place_words.h"
#include "ocrtune/metrics/registry.h"

namespace ocrtune {
namespace {

/// Calls `action` and adds a step with its running time.
template <typename Action>
void timed(std::vector<StepTiming>& steps, const std::string& name, Action action) {
  const auto start = std::chrono::steady_clock::now();
  action();
  const auto spent = std::chrono::steady_clock::now() - start;
  steps.push_back({name, std::chrono::duration<double, std::milli>(spent).count(), false});
}

/// Calls `visit` for each metric of the page, before its OCR (`of_image`) or after.
template <typename Visit>
void each_metric(const Page& page, bool of_image, Visit visit) {
  for (const Metric& metric : all_metrics()) {
    if (metric.measure && metric.of_image == of_image && applies(metric, page)) visit(metric);
  }
}

}  // namespace

std::vector<std::string> scoring_steps() {
  std::vector<std::string> names;
  const auto add = [&](bool of_image) {
    for (const Metric& metric : all_metrics()) {
      if (metric.of_image == of_image && !metric.step.empty()) names.push_back(metric.step);
    }
  };
  add(true);
  names.emplace_back(kReadStep);
  add(false);
  return names;
}

void Scoring::measure(const MetricInput& in, bool of_image) {
  each_metric(page_, of_image, [&](const Metric& metric) {
    if (metric.step.empty()) return metric.measure(in, scores_);
    timed(steps_, metric.step, [&] { metric.measure(in, scores_); });
  });
}

bool Scoring::score(const Image& image, const OcrSettings& settings, const std::atomic<bool>& stop,
                    PageInk& ink) {
  Recognizer& recognizer = recognizers_.get(page_.lang, settings);
  MetricInput in{.gray = image.gray, .page = page_};
  measure(in, true);
  timed(steps_, std::string(kReadStep),
        [&] { ocr_result_ = recognizer.read(image, settings, stop, [&] { return ink.marks(); }); });
  if (!ocr_result_) return false;
  OcrResult placed = *ocr_result_;
  place_words(placed, image, {page_.width, page_.height});
  in.ocr_result = &*ocr_result_;
  in.placed = &placed;
  in.lexicon = &recognizers_.lexicon(page_.lang);
  in.marks = ink.text();
  in.text = plain_text(*ocr_result_);
  measure(in, false);
  derive_scores(scores_);
  return true;
}

void Scoring::repeat(const PageScores& known) {
  scores_ = known;
  const auto cached = [&](const Metric& metric) {
    if (!metric.step.empty()) steps_.push_back({metric.step, 0, true});
  };
  each_metric(page_, true, cached);
  steps_.push_back({std::string(kReadStep), 0, true});
  each_metric(page_, false, cached);
}

}  // namespace ocrtune
