#include "ocrtune/apply/best_result.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "ocrtune/apply/expected_cer.h"
#include "ocrtune/apply/orientation.h"
#include "ocrtune/apply/pipeline_results.h"
#include "ocrtune/base/duration.h"
#include "ocrtune/base/error.h"
#include "ocrtune/documents/quarter_turns.h"
#include "ocrtune/metrics/coverage.h"
#include "ocrtune/ocr/columns/in_columns.h"
#include "ocrtune/ocr/columns/vertical_text.h"

namespace ocrtune {
namespace {

/// Whether another engine is to recognize pages in a language after this pipeline.
bool has_engine_after(std::size_t pipeline, const std::string& lang, const Portfolio& portfolio) {
  return std::any_of(portfolio.pipelines.begin() + static_cast<std::ptrdiff_t>(pipeline) + 1,
                     portfolio.pipelines.end(), [&](const Pipeline& next) {
                       const PipelineUse use = portfolio.use_of(next);
                       return use.has_engine_for_all_pages() && use.is_for(lang);
                     });
}

/// The OCR results of a page, and what is read of its paper to judge them.
class PageSearch {
 public:
  PageSearch(const Page& page, OrientedPage& upright, const OcrMeans& means, const ChoiceRule& rule,
             BestResult& best)
      : page_(page), upright_(upright), means_(means), rule_(rule), best_(best) {}

  /// False if the work was stopped.
  bool run() {
    const PipelinesEnd end =
        run_pipelines(upright_, means_.portfolio, rule_.looks_for_columns,
                      {.wants = [this](std::size_t pipeline) { return wants(pipeline); },
                       .take = [this](PipelineResult result, bool waits,
                                      bool) { return take(std::move(result), waits); },
                       .start_anew = [this] { start_anew(); }});
    best_.by_columns = end == PipelinesEnd::done_by_columns;
    return end != PipelinesEnd::stopped;
  }

  PageResults& results() { return results_; }

  /// The preprocessed image of the best result.
  Image image() {
    // Of results by columns, an earlier one may be the best again.
    const std::size_t best = results_.kept().pipeline;
    return image_of_ == best ? std::move(image_) : upright_.reader->image(best);
  }

 private:
  [[nodiscard]] bool wants(std::size_t pipeline) {
    const PipelineUse use = means_.portfolio.use_of(means_.portfolio.pipelines[pipeline]);
    return use.is_for(page_.lang) &&
           (!use.for_faint_text || results_.all_leave_out([&](const OcrResult& result) {
             return upright_.reader->leaves_out_faint_text(result);
           }));
  }

  bool take(PipelineResult result, bool waits) {
    const std::size_t pipeline = result.candidate.pipeline;
    const bool failed = !result.candidate.failure.empty();
    if (pipeline == 0) best_.first_seconds += result.seconds;
    results_.add(std::move(result.candidate), std::move(result.ocr_result));
    if (!failed && results_.kept().pipeline == pipeline) {
      image_ = std::move(result.image);
      image_of_ = pipeline;
    }
    const bool enough =
        !waits &&
        results_.are_enough(rule_, has_engine_after(pipeline, page_.lang, means_.portfolio)) &&
        !upright_.reader->leaves_out_faint_text(results_.kept_result());
    return !enough;
  }

  void start_anew() {
    results_ = PageResults();
    best_.first_seconds = loaded_;
  }

  const Page& page_;
  OrientedPage& upright_;
  const OcrMeans& means_;
  const ChoiceRule& rule_;
  BestResult& best_;
  double loaded_ = best_.first_seconds;
  PageResults results_;
  Image image_;
  std::size_t image_of_ = 0;
};

BestResult blank_result(const Image& page, double seconds) {
  return {.image = page,
          .ocr_result = {.words = {}, .width = page.gray.cols, .height = page.gray.rows},
          .candidates = {Candidate{}},
          .blank = true,
          .seconds = seconds,
          .first_seconds = seconds};
}

}  // namespace

std::optional<BestResult> best_result(const Page& page, const std::function<Image()>& load,
                                      const OcrMeans& means, const ChoiceRule& rule) {
  const auto start = std::chrono::steady_clock::now();
  const Image as_it_came = load();
  BestResult best{.first_seconds = seconds_since(start)};
  if (is_blank(as_it_came.gray, as_it_came.colour))
    return blank_result(as_it_came, best.first_seconds);
  auto upright = oriented(page, as_it_came, means);
  if (!upright) return std::nullopt;
  PageSearch search(page, *upright, means, rule, best);
  if (!search.run()) return std::nullopt;
  PageResults& results = search.results();
  best.candidates = results.candidates();
  best.pipeline = results.kept().pipeline;
  if (!best.kept().failure.empty()) throw Error(Errc::limit_reached, best.kept().failure);
  best.image = search.image();
  CombinedResult combined = results.combined(rule.choice, means.recognizers.lexicon(page.lang));
  best.ocr_result = std::move(combined.ocr_result);
  best.of_several_engines = combined.of_several_engines;
  best.changed = combined.changed;
  best.quality =
      rule.choice == Choice::best ? best.kept().quality : upright->reader->quality(best.ocr_result);
  best.turns = upright->turns;
  best.across_vertical_lines = goes_across_vertical_lines(best.ocr_result);
  best.out_of_order = !best.of_several_engines && is_out_of_order(best.ocr_result);
  best.expected_cer = expected_cer_of(best.quality, best.of_several_engines,
                                      best.out_of_order || best.across_vertical_lines);
  if (best.expected_cer > kGoodText) best.condition = upright->reader->condition();
  turn_back(best.ocr_result, best.turns);
  best.seconds = seconds_since(start);
  return best;
}

}  // namespace ocrtune
