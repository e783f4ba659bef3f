#include "ocrtune/execution/page_work.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/time.h"
#include "ocrtune/corpus/open_input.h"
#include "ocrtune/execution/scoring.h"

namespace ocrtune {
namespace {

double ms_between(std::int64_t from_us, std::int64_t to_us) {
  return static_cast<double>(std::max<std::int64_t>(0, to_us - from_us)) / 1000.0;
}

/// The sums shown in tables; `way` is loading and stages, `others_ms` the time of other threads.
void sum_up(const std::vector<StepTiming>& way, const std::vector<StepTiming>& scoring,
            double others_ms, PageTimings& timings) {
  timings.steps.insert(timings.steps.end(), way.begin(), way.end());
  timings.steps.insert(timings.steps.end(), scoring.begin(), scoring.end());
  for (std::size_t i = 1; i < way.size(); ++i) timings.preprocess_ms += way[i].ms;
  timings.ocr_ms = step_ms(scoring, kReadStep);
  timings.total_ms = ms_between(timings.started_us, now_us()) + others_ms;
}

/// A missing page or engine and a full disk end a study; a pipeline that fails on a page is a
/// result.
bool ends_study(const Error& error) {
  return error.code() == Errc::input_unreadable || !is_of_input(error);
}

}  // namespace

PageWork::PageWork(const PageWorkContext& context, std::size_t page, const PageContent& content,
                   const ContentHash& engine, const Pipeline& pipeline, std::int64_t queued_us)
    : context_(context),
      number_(page),
      page_(context.corpus.pages()[page]),
      engine_(engine),
      in_colour_(pipeline.wants_colour()),
      reservation_(context.gate, task_bytes(page_, in_colour_)),
      run_(
          pipeline, content, [this, page] { return context_.corpus.image(page, in_colour_); },
          context.place.stages, context.run_stage, context.place.device) {
  result_.timings.started_us = now_us();
  result_.timings.steps.push_back(
      {"wait", ms_between(queued_us, result_.timings.started_us), false});
}

void PageWork::prepare() {
  try {
    key_ = content_hash(
        fmt::format("{} {} {}", run_.content().text(), run_.ocr_settings().text(), engine_.text()));
    known_ = context_.scores.find(*key_);
    if (!known_) {
      const std::int64_t asked_us = now_us();
      reservation_.grow_to(ocr_bytes(run_.size()));
      result_.timings.steps.front().ms += ms_between(asked_us, now_us());
      // Without a device, this thread recognizes the page, and first checks whether another one is
      // recognizing the same image.
      if (context_.place.device != nullptr) (void)run_.image();
    }
  } catch (const Error& error) {
    if (ends_study(error)) throw;
    result_.failure = error.what();
  }
  prepared_us_ = now_us();
}

std::optional<PageResult> PageWork::read(RecognizerPool& recognizers,
                                         const std::atomic<bool>& stop) {
  result_.timings.steps.front().ms += ms_between(prepared_us_, now_us());
  Scoring scoring(page_, recognizers);
  try {
    if (result_.failure.empty() && !score(scoring, stop)) return std::nullopt;
  } catch (const Error& error) {
    if (ends_study(error)) throw;
    result_.failure = error.what();
  }
  if (!result_.failure.empty()) result_.scores = worst_scores(page_);
  sum_up(run_.timings(), scoring.steps(), run_.others_ms(), result_.timings);
  return std::move(result_);
}

std::vector<StepTiming> PageWork::stage_timings() const {
  const std::vector<StepTiming> way = run_.timings();
  return {way.begin() + 1, way.end()};
}

/// False if `stop` became true.
bool PageWork::score(Scoring& scoring, const std::atomic<bool>& stop) {
  if (!known_) {
    const KeyedMutex::Lock lock(context_.scores.keyed_mutex(), *key_);
    known_ = context_.scores.find(*key_);
    if (!known_) return recognize(scoring, stop);
  }
  scoring.repeat(known_->scores);
  spared_ = true;
  note(*known_);
  return true;
}

/// With the turn of the image held. False if `stop` became true.
bool PageWork::recognize(Scoring& scoring, const std::atomic<bool>& stop) {
  if (!scoring.score(run_.image(), run_.ocr_settings(), stop, context_.ink)) return false;
  const KnownScores found{scoring.scores(), step_ms(scoring.steps(), kReadStep)};
  context_.scores.store(*key_, found);
  note(found);
  return true;
}

void PageWork::note(const KnownScores& known) {
  result_.scores = known.scores;
  result_.scores.set(Score::time, run_.work_ms() + known.read_ms);
}

}  // namespace ocrtune
