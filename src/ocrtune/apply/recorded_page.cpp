#include "ocrtune/apply/recorded_page.h"

#include <algorithm>
#include <utility>

#include "ocrtune/apply/orientation.h"
#include "ocrtune/apply/pipeline_results.h"

namespace ocrtune {
namespace {

PipelineResult pipeline_result(RecordedResult recorded) {
  return {.candidate = std::move(recorded.candidate),
          .ocr_result = std::move(recorded.ocr_result),
          .image = {},
          .seconds = recorded.seconds};
}

/// Some ensembles have only results that leave out faint text.
bool some_leave_out_faint_text(const RecordedPage& recorded) {
  return std::ranges::any_of(recorded, &RecordedResult::leaves_out_faint_text);
}

/// The OCR result of a pipeline; null if it was not recorded.
const RecordedResult* recorded_by(std::size_t pipeline, const RecordedPage& recorded) {
  const auto one = std::ranges::find(
      recorded, pipeline, [](const RecordedResult& result) { return result.candidate.pipeline; });
  return one == recorded.end() ? nullptr : &*one;
}

/// Those of the pipelines that were recorded, in their order.
std::vector<const RecordedResult*> in_order(const RecordedPage& recorded,
                                            const std::vector<std::size_t>& pipelines) {
  std::vector<const RecordedResult*> found;
  for (const std::size_t pipeline : pipelines) {
    if (const RecordedResult* one = recorded_by(pipeline, recorded)) found.push_back(one);
  }
  return found;
}

}  // namespace

std::optional<RecordedPage> recorded_page(const Page& page, const std::function<Image()>& load,
                                          const OcrMeans& means, bool looks_for_columns,
                                          const ResultStock& stock) {
  const Image image = load();
  auto upright = oriented(page, image, means);
  if (!upright) return std::nullopt;
  RecordedPage recorded;
  const PipelinesEnd end = run_pipelines(
      *upright, means.portfolio, looks_for_columns,
      {.wants =
           [&](std::size_t pipeline) {
             const PipelineUse use = means.portfolio.use_of(means.portfolio.pipelines[pipeline]);
             return use.is_for(page.lang) &&
                    (!use.for_faint_text || some_leave_out_faint_text(recorded));
           },
       .take =
           [&](PipelineResult result, bool, bool by_columns) {
             const bool leaves_out = upright->reader->leaves_out_faint_text(result.ocr_result);
             recorded.push_back({.candidate = std::move(result.candidate),
                                 .ocr_result = std::move(result.ocr_result),
                                 .seconds = result.seconds,
                                 .leaves_out_faint_text = leaves_out,
                                 .asked_by_columns = by_columns});
             return true;
           },
       .start_anew = [&] { recorded.clear(); },
       .known = [&](std::size_t pipeline, bool by_columns) -> std::optional<PipelineResult> {
         auto kept = stock.find(pipeline, by_columns);
         return kept ? std::optional(pipeline_result(std::move(*kept))) : std::nullopt;
       }});
  return end == PipelinesEnd::stopped ? std::nullopt : std::optional(std::move(recorded));
}

ReplayedResult replayed(const RecordedPage& recorded, const std::vector<std::size_t>& pipelines,
                        const ChoiceRule& rule, const Lexicon& lexicon) {
  const std::vector<const RecordedResult*> order = in_order(recorded, pipelines);
  ReplayedResult result;
  PageResults results;
  bool leave_out_faint_text = true;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const RecordedResult& one = *order[i];
    if (one.candidate.use.for_faint_text && !leave_out_faint_text) continue;
    results.add(one.candidate, one.ocr_result);
    result.seconds += one.seconds;
    leave_out_faint_text = leave_out_faint_text && one.leaves_out_faint_text;
    const bool more_engines = std::any_of(
        order.begin() + static_cast<std::ptrdiff_t>(i) + 1, order.end(),
        [](const RecordedResult* next) { return next->candidate.use.has_engine_for_all_pages(); });
    if (results.are_enough(rule, more_engines) &&
        !recorded_by(results.kept().pipeline, recorded)->leaves_out_faint_text)
      break;
  }
  if (!results.candidates().empty() && results.kept().failure.empty())
    result.ocr_result = results.combined(rule.choice, lexicon).ocr_result;
  return result;
}

}  // namespace ocrtune
