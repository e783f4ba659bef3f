#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/execution/page_ink.h"
#include "ocrtune/execution/page_places.h"
#include "ocrtune/execution/score_cache.h"
#include "ocrtune/execution/scoring.h"
#include "ocrtune/execution/stage_run.h"
#include "ocrtune/metrics/page_result.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// What the work on a page needs besides the page. Outlives it.
struct PageWorkContext {
  const Corpus& corpus;
  PagePlace place;
  ScoreCache& scores;
  MemoryGate& gate;
  PageInk& ink;
  StageRun::Runner run_stage;  ///< runs stages, unless a device does; empty: on the calling thread
};

/// One page of one trial: prepared first and recognized after, on the same thread or on another
/// one.
class PageWork {
 public:
  /// Reserves its memory, for which it may wait. `content` is the page as input of stages, `engine`
  /// everything except the image that its scores depend on, `queued_us` the time at which it was
  /// queued. `pipeline` outlives this.
  PageWork(const PageWorkContext& context, std::size_t page, const PageContent& content,
           const ContentHash& engine, const Pipeline& pipeline, std::int64_t queued_us);

  /// Finds the content of the image to be recognized and, unless its scores are cached, reserves
  /// the memory for its recognition, for which it may wait. On a device, runs the stages whose
  /// result is unknown.
  void prepare();

  /// Waits for no memory, only for a thread that recognizes the same image. Measures and recognizes
  /// the page. If the pipeline cannot run on it, the result has a failure and the worst scores; if
  /// the page cannot be loaded any more, throws Error. Nothing if `stop` became true meanwhile.
  std::optional<PageResult> read(RecognizerPool& recognizers, const std::atomic<bool>& stop);

  /// Timings of the enabled stages, in order.
  [[nodiscard]] std::vector<StepTiming> stage_timings() const;

  /// True if the scores were cached.
  [[nodiscard]] bool was_spared() const { return spared_; }

 private:
  bool score(Scoring& scoring, const std::atomic<bool>& stop);
  bool recognize(Scoring& scoring, const std::atomic<bool>& stop);
  void note(const KnownScores& known);

  PageWorkContext context_;
  std::size_t number_;
  const Page& page_;
  ContentHash engine_;
  bool in_colour_;
  MemoryGate::Reservation reservation_;
  PageResult result_;
  StageRun run_;
  std::optional<ContentHash> key_;  // of the scores, after prepare()
  std::optional<KnownScores> known_;
  std::int64_t prepared_us_ = 0;
  bool spared_ = false;
};

}  // namespace ocrtune
