#include "ocrtune/evaluator/page_evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/time.h"
#include "ocrtune/evaluator/scoring.h"

namespace ocrtune {
namespace {

/// Images are kept for later trials up to this many times the pages: more hardly pays.
constexpr std::uint64_t kMostCopies = 32;

/// Steps are remembered for some 64 trials of four stages: what points share comes back sooner, and
/// a study of thousands takes no more memory than one of a hundred.
constexpr std::uint64_t kStepsPerPage = 256;
constexpr std::uint64_t kLeastSteps = 8192;

/// The rest of a device's memory is for pages in work, and for others who use it.
constexpr std::uint64_t kShareOfDevice = 4;

std::uint64_t pixels_of(const Corpus& corpus) {
  std::uint64_t pixels = 0;
  for (const Page& page : corpus.pages()) {
    pixels += static_cast<std::uint64_t>(page.width) * static_cast<std::uint64_t>(page.height);
  }
  return pixels;
}

double spent_on(const std::vector<StepTiming>& steps, std::string_view name) {
  const auto found = std::ranges::find(steps, name, &StepTiming::name);
  return found == steps.end() ? 0 : found->ms;
}

/// The sums that tables show; `way` is loading and stages.
void sum_up(const std::vector<StepTiming>& way, const std::vector<StepTiming>& scoring,
            PageTimings& timings) {
  timings.steps.insert(timings.steps.end(), way.begin(), way.end());
  timings.steps.insert(timings.steps.end(), scoring.begin(), scoring.end());
  for (std::size_t i = 1; i < way.size(); ++i) timings.preprocess_ms += way[i].ms;
  timings.sharpness_ms = spent_on(scoring, "sharpness");
  timings.contrast_ms = spent_on(scoring, "contrast");
  timings.cnr_ms = spent_on(scoring, "cnr");
  timings.ocr_ms = spent_on(scoring, "read");
  timings.total_ms = static_cast<double>(now_us() - timings.started_us) / 1000.0;
}

PageScores worst(const Page& page) {
  PageScores scores;
  scores.char_confidence = scores.legible = scores.net_legible = scores.lexicon = 0;
  scores.garbage = 1;
  if (page.truth) scores.cer = scores.wer = scores.bow = 1;
  if (page.reference) scores.agreement = 0;
  return scores;
}

}  // namespace

PageEvaluator::PageEvaluator(const Corpus& corpus, const MemoryPlan& plan, DeviceUse* device)
    : corpus_(corpus),
      device_(device),
      stages_(std::min(plan.cache, kMostCopies * pixels_of(corpus)),
              std::max(kLeastSteps, kStepsPerPage * corpus.pages().size()),
              device == nullptr ? 0 : device->info().memory_bytes / kShareOfDevice),
      gate_(plan.tasks) {
  for (const Page& page : corpus.pages()) {
    contents_.push_back(page_content(page));
    readers_.push_back(content_hash(
        fmt::format("{} {} {}", page.lang, page.truth_hash(),
                    page.reference ? content_hash(*page.reference).text() : std::string())));
  }
}

std::optional<PageResult> PageEvaluator::evaluate(std::size_t index, const Pipeline& pipeline,
                                                  std::int64_t queued_us,
                                                  RecognizerPool& recognizers,
                                                  const std::atomic<bool>& stop) {
  const Page& page = corpus_.pages()[index];
  // A reader that can't be had ends the study before a page was preprocessed for it.
  (void)recognizers.get(page.lang, {});
  const bool in_colour = pipeline.wants_colour();
  const MemoryGate::Room room(gate_, task_bytes(page, in_colour));
  PageResult result;
  result.timings.started_us = now_us();
  const std::int64_t waited = std::max<std::int64_t>(0, result.timings.started_us - queued_us);
  result.timings.steps.push_back({"wait", static_cast<double>(waited) / 1000.0, false});
  StageRun run(
      pipeline, contents_[index], [&] { return corpus_.image(index, in_colour); }, stages_, {},
      device_);
  Scoring scoring(page, recognizers);
  try {
    const ContentHash key =
        content_hash(fmt::format("{} {}", run.content().text(), readers_[index].text()));
    const Turns::Turn turn(scores_.turns(), key);
    KnownScores known;
    if (const auto remembered = scores_.find(key)) {
      known = *remembered;
      scoring.repeat(known.scores);
      ++readings_spared_;
    } else if (scoring.score(run.image(), stop)) {
      known = {scoring.scores(), spent_on(scoring.steps(), "read")};
      scores_.remember(key, known);
    } else {
      return std::nullopt;
    }
    result.timings.work_ms = run.work_ms() + known.read_ms;
    ++reading_count_;
    result.scores = scoring.scores();
  } catch (const Error& error) {
    // A page that is gone ends the study; a pipeline that fails on a page is its result there.
    if (error.status() == ExitStatus::input_unreadable) throw;
    result.scores = worst(page);
    result.failure = error.what();
  }
  const std::vector<StepTiming> way = run.timings();
  stage_count_ += way.size() - 1;
  stages_spared_ += static_cast<std::uint64_t>(std::count_if(
      way.begin() + 1, way.end(), [](const StepTiming& step) { return step.cached; }));
  sum_up(way, scoring.steps(), result.timings);
  return result;
}

CacheUse PageEvaluator::cache_use() const {
  return {.stages = stage_count_,
          .stages_spared = stages_spared_,
          .readings = reading_count_,
          .readings_spared = readings_spared_};
}

}  // namespace ocrtune
