#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/execution/page_places.h"
#include "ocrtune/execution/page_work.h"
#include "ocrtune/execution/score_cache.h"
#include "ocrtune/metrics/page_result.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// The work saved by the caches.
struct CacheUse {
  std::uint64_t stages = 0;  ///< stages that pages went through
  std::uint64_t stages_spared = 0;
  std::uint64_t ocr_results = 0;
  std::uint64_t ocr_runs_spared = 0;

  CacheUse operator+(const CacheUse& more) const {
    return {.stages = stages + more.stages,
            .stages_spared = stages_spared + more.stages_spared,
            .ocr_results = ocr_results + more.ocr_results,
            .ocr_runs_spared = ocr_runs_spared + more.ocr_runs_spared};
  }
};

/// Preprocesses, measures and recognizes pages; a step that several trials share runs once.
/// Thread-safe. Results do not depend on what was evaluated before.
class PageEvaluator {
 public:
  /// Stages run on `devices` if there are any. Each page always runs on the same device, so that
  /// its data is there for the next trial.
  PageEvaluator(Corpus corpus, const MemoryPlan& plan,
                std::vector<std::shared_ptr<DeviceUse>> devices = {});

  /// Starts the work on a page with a pipeline whose every parameter is fixed. `queued_us`: when it
  /// was queued (microseconds since 1970). `run_stage` as in PageWorkContext. The work must not
  /// outlive this.
  std::unique_ptr<PageWork> begin(std::size_t page, const Pipeline& pipeline,
                                  std::int64_t queued_us, StageRun::Runner run_stage = {});

  /// Recognizes a prepared page, as PageWork::read.
  std::optional<PageResult> finish(PageWork& work, RecognizerPool& recognizers,
                                   const std::atomic<bool>& stop);

  /// Runs begin() to finish(). Throws Error before any work if an OCR engine is not available.
  std::optional<PageResult> evaluate(std::size_t page, const Pipeline& pipeline,
                                     std::int64_t queued_us, RecognizerPool& recognizers,
                                     const std::atomic<bool>& stop,
                                     StageRun::Runner run_stage = {});

  /// Number of devices that run stages. If there are any, pages are prepared on other threads than
  /// those that recognize them, so that both overlap.
  [[nodiscard]] std::size_t device_count() const { return places_.device_count(); }

  [[nodiscard]] CacheUse cache_use() const;

 private:
  Corpus corpus_;
  std::vector<PageContent> contents_;  ///< of the pages as input of stages
  std::vector<ContentHash> engines_;   ///< everything except the image that the scores of a page
                                       ///< depend on
  PagePlaces places_;
  ScoreCache scores_;
  MemoryGate gate_;
  std::deque<PageInk> inks_;  ///< of the original pages
  std::atomic<std::uint64_t> stage_count_{0};
  std::atomic<std::uint64_t> stages_spared_{0};
  std::atomic<std::uint64_t> ocr_count_{0};
  std::atomic<std::uint64_t> ocr_runs_spared_{0};
};

}  // namespace ocrtune
