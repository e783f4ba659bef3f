#include "ocrtune/study_run/recorded_pages.h"

#include <fmt/format.h>

#include <mutex>
#include <string>
#include <utility>

#include "ocrtune/apply/best_result.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/hash.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/pages_at_work.h"
#include "ocrtune/ocr/engines/engine_choice.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/options/engines_in_use.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/study_run/recorded_result_json.h"

namespace ocrtune::workflow {
namespace {

/// What an OCR result depends on besides the page and the study's settings: the stages, whatever
/// their pipeline is called, the engine, and the models of its own.
std::string identity_of(const Pipeline& pipeline, const PipelineUse& use, const Corpus& corpus) {
  std::string identity = pipeline_text(without_idle_stages(pipeline, ""));
  if (!use.engine.empty()) identity += engine_identities({use.engine});
  if (!use.tessdata.empty()) {
    for (const std::string& lang : languages_of(corpus)) {
      if (use.is_for(lang)) identity += language_identity(lang, use.tessdata);
    }
  }
  return content_hash(identity).text();
}

/// The OCR results that a study keeps. Thread-safe.
class KeptResults {
 public:
  explicit KeptResults(const PagesToRecord& pages) : pages_(pages) {
    for (const Pipeline& pipeline : pages.portfolio.pipelines) {
      const PipelineUse use = pages.portfolio.use_of(pipeline);
      uses_.push_back(use);
      identities_.push_back(identity_of(pipeline, use, pages.corpus));
    }
  }

  std::optional<RecordedResult> find(std::size_t page, std::size_t pipeline, bool by_columns) {
    std::optional<std::string> text;
    {
      const std::scoped_lock lock(mutex_);
      text = pages_.storage.page_result(key_of(page, pipeline, by_columns));
    }
    if (!text) return std::nullopt;
    try {
      RecordedResult result = parse_recorded_result(*text);
      result.candidate.pipeline = pipeline;
      result.candidate.use = uses_[pipeline];
      result.asked_by_columns = by_columns;
      return result;
    } catch (const Error&) {
      // What is damaged is computed again.
      return std::nullopt;
    }
  }

  void keep(std::size_t page, const RecordedPage& recorded) {
    std::vector<KeptPageResult> results;
    for (const RecordedResult& result : recorded) {
      // An engine that failed may work the next time.
      if (result.candidate.engine_failed) continue;
      results.push_back({.key = key_of(page, result.candidate.pipeline, result.asked_by_columns),
                         .text = recorded_result_text(result)});
    }
    const std::scoped_lock lock(mutex_);
    pages_.storage.keep_page_results(results);
  }

 private:
  [[nodiscard]] PageResultKey key_of(std::size_t page, std::size_t pipeline,
                                     bool by_columns) const {
    return {.which = pages_.which,
            .page = page,
            .pipeline = identities_[pipeline],
            .by_columns = by_columns};
  }

  const PagesToRecord& pages_;
  std::vector<PipelineUse> uses_;
  std::vector<std::string> identities_;
  std::mutex mutex_;
};

}  // namespace

std::vector<std::optional<RecordedPage>> record_pages(const PagesToRecord& pages,
                                                      const Events& events) {
  const Corpus& corpus = pages.corpus;
  std::vector<std::optional<RecordedPage>> recorded(corpus.pages().size());
  if (recorded.empty()) return recorded;
  StageCache cache(pages.plan.cache,
                   kStepsPerWorker * static_cast<std::uint64_t>(pages.plan.workers));
  KeptResults kept(pages);
  const auto is_over = [&] { return pages.end && std::chrono::steady_clock::now() >= *pages.end; };
  // Nothing for a page that is not begun.
  using Result = std::optional<RecordedPage>;
  work_on_pages<Result>(
      {.corpus = corpus,
       .which = all_of(corpus),
       .plan = pages.plan,
       .recognition = pages.recognition,
       .events = events,
       .line =
           [&](std::size_t done, std::size_t all) {
             return tr("OCR of each page with {} pipelines: {}/{} pages",
                       pages.portfolio.pipelines.size(), done, all);
           }},
      [&](PageAtWork& at) -> std::optional<Result> {
        if (is_over()) return Result();
        const PagePlace place{.stages = cache};
        Result result = recorded_page(at.page, [&] { return corpus.image(at.index); },
                                      {.portfolio = pages.portfolio,
                                       .recognizers = at.recognizers,
                                       .place = place,
                                       .stop = *events.stop,
                                       .reservation = &at.reservation},
                                      pages.looks_for_columns,
                                      {.find = [&](std::size_t pipeline, bool by_columns) {
                                        return kept.find(at.index, pipeline, by_columns);
                                      }});
        return result ? std::optional(std::move(result)) : std::nullopt;
      },
      [&](std::size_t page, Result result) {
        if (!result) return;
        kept.keep(page, *result);
        recorded[page] = std::move(result);
      });
  return recorded;
}

}  // namespace ocrtune::workflow
