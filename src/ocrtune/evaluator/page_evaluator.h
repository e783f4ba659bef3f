#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "ocrtune/evaluator/memory.h"
#include "ocrtune/evaluator/page_places.h"
#include "ocrtune/evaluator/page_work.h"
#include "ocrtune/evaluator/score_cache.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer_pool.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// How much work the caches spared.
struct CacheUse {
  std::uint64_t stages = 0;  ///< stages that pages went through
  std::uint64_t stages_spared = 0;
  std::uint64_t readings = 0;
  std::uint64_t readings_spared = 0;

  CacheUse operator+(const CacheUse& more) const {
    return {.stages = stages + more.stages,
            .stages_spared = stages_spared + more.stages_spared,
            .readings = readings + more.readings,
            .readings_spared = readings_spared + more.readings_spared};
  }
};

/// Preprocesses, measures and reads pages, each step once where several trials share it.
/// Thread-safe; results don't depend on what was evaluated before.
class PageEvaluator {
 public:
  /// Stages run on the devices where there are any: each page on the same one, so that what it
  /// holds of the page is there for the next trial.
  PageEvaluator(Corpus corpus, const MemoryPlan& plan,
                std::vector<std::shared_ptr<DeviceUse>> devices = {});

  /// Begins with one page and a pipeline whose every parameter is fixed, from when it was put into
  /// the queue (microseconds since 1970). The work must not outlive this.
  std::unique_ptr<PageWork> begin(std::size_t page, const Pipeline& pipeline,
                                  std::int64_t queued_us);

  /// Reads a page that is prepared, as PageWork::read.
  std::optional<PageResult> finish(PageWork& work, RecognizerPool& recognizers,
                                   const std::atomic<bool>& stop);

  /// All of it, from begin to finish. A reader that can't be had is an Error before anything is
  /// done.
  std::optional<PageResult> evaluate(std::size_t page, const Pipeline& pipeline,
                                     std::int64_t queued_us, RecognizerPool& recognizers,
                                     const std::atomic<bool>& stop);

  /// Where pages are prepared elsewhere than they are read, so that both go on at a time.
  [[nodiscard]] std::size_t device_count() const { return places_.device_count(); }

  [[nodiscard]] CacheUse cache_use() const;

 private:
  Corpus corpus_;
  std::vector<PageContent> contents_;  ///< of the pages as stages see them
  std::vector<ContentHash> readers_;   ///< what besides the image the scores of a page depend on
  PagePlaces places_;
  ScoreCache scores_;
  MemoryGate gate_;
  std::deque<PageInk> inks_;  ///< of the pages as they came
  std::atomic<std::uint64_t> stage_count_{0};
  std::atomic<std::uint64_t> stages_spared_{0};
  std::atomic<std::uint64_t> reading_count_{0};
  std::atomic<std::uint64_t> readings_spared_{0};
};

}  // namespace ocrtune
