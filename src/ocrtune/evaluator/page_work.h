#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "ocrtune/evaluator/memory.h"
#include "ocrtune/evaluator/page_ink.h"
#include "ocrtune/evaluator/page_places.h"
#include "ocrtune/evaluator/score_cache.h"
#include "ocrtune/evaluator/scoring.h"
#include "ocrtune/evaluator/stage_run.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer_pool.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// What a page's work needs besides the page; outlives it.
struct PageWorkshop {
  const Corpus& corpus;
  PagePlace place;
  ScoreCache& scores;
  MemoryGate& gate;
  PageInk& ink;
};

/// One page of one trial: first prepared, then read, by the same thread or another one.
class PageWork {
 public:
  /// Takes its memory, for which it may wait. `content` is the page as stages see it, `reader` what
  /// besides the image its scores depend on, `queued_us` when it was put into the queue. `pipeline`
  /// outlives this.
  PageWork(const PageWorkshop& shop, std::size_t page, const PageContent& content,
           const ContentHash& reader, const Pipeline& pipeline, std::int64_t queued_us);

  /// Finds out what is to be read of the page; on a device, preprocesses it as far as that isn't
  /// known.
  void prepare();

  /// Measures and reads it. A pipeline that can't run on this page is a result with a failure and
  /// the worst scores; a page that can't be loaded any more is an Error. Nothing where `stop`
  /// became true meanwhile.
  std::optional<PageResult> read(RecognizerPool& recognizers, const std::atomic<bool>& stop);

  /// Of the stages that are on, in order.
  [[nodiscard]] std::vector<StepTiming> stage_timings() const;

  /// Whether the scores were known.
  [[nodiscard]] bool was_spared() const { return spared_; }

 private:
  bool score(Scoring& scoring, const std::atomic<bool>& stop);

  PageWorkshop shop_;
  std::size_t number_;
  const Page& page_;
  ContentHash reader_;
  bool in_colour_;
  MemoryGate::Room room_;
  PageResult result_;
  StageRun run_;
  std::optional<ContentHash> key_;  // of the scores, once prepared
  std::int64_t prepared_us_ = 0;
  bool spared_ = false;
};

}  // namespace ocrtune
