#include "ocrtune/execution/page_evaluator.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace ocrtune {
namespace {

/// Limit of images kept for later trials, as a multiple of the pages; a larger cache hardly pays.
constexpr std::uint64_t kMaxCopies = 32;

/// Caches the steps of about 64 trials of four stages. Shared points recur sooner than that, and a
/// study of thousands of trials takes no more memory than one of a hundred.
constexpr std::uint64_t kStepsPerPage = 256;
constexpr std::uint64_t kMinSteps = 8192;

std::uint64_t pixels_of(const Corpus& corpus) {
  std::uint64_t pixels = 0;
  for (const Page& page : corpus.pages()) {
    pixels += static_cast<std::uint64_t>(page.width) * static_cast<std::uint64_t>(page.height);
  }
  return pixels;
}

}  // namespace

PageEvaluator::PageEvaluator(Corpus corpus, const MemoryPlan& plan,
                             std::vector<std::shared_ptr<DeviceUse>> devices)
    : corpus_(std::move(corpus)),
      places_(std::min(plan.cache, kMaxCopies * pixels_of(corpus_)),
              std::max(kMinSteps, kStepsPerPage * corpus_.pages().size()), std::move(devices)),
      gate_(plan.tasks) {
  for (const Page& page : corpus_.pages()) {
    contents_.push_back(page_content(page));
    engines_.push_back(content_hash(
        fmt::format("{} {} {}", page.lang, page.truth_hash(),
                    page.reference ? content_hash(*page.reference).text() : std::string())));
    inks_.emplace_back([this, index = inks_.size()] { return corpus_.image(index).gray; });
  }
}

std::unique_ptr<PageWork> PageEvaluator::begin(std::size_t page, const Pipeline& pipeline,
                                               std::int64_t queued_us, StageRun::Runner run_stage) {
  const PageWorkContext context{.corpus = corpus_,
                                .place = places_.of(page),
                                .scores = scores_,
                                .gate = gate_,
                                .ink = inks_[page],
                                .run_stage = std::move(run_stage)};
  return std::make_unique<PageWork>(context, page, contents_[page], engines_[page], pipeline,
                                    queued_us);
}

std::optional<PageResult> PageEvaluator::finish(PageWork& work, RecognizerPool& recognizers,
                                                const std::atomic<bool>& stop) {
  auto result = work.read(recognizers, stop);
  if (!result) return result;
  if (result->failure.empty()) ++ocr_count_;
  if (work.was_spared()) ++ocr_runs_spared_;
  for (const StepTiming& step : work.stage_timings()) {
    ++stage_count_;
    if (step.cached) ++stages_spared_;
  }
  return result;
}

std::optional<PageResult> PageEvaluator::evaluate(std::size_t page, const Pipeline& pipeline,
                                                  std::int64_t queued_us,
                                                  RecognizerPool& recognizers,
                                                  const std::atomic<bool>& stop,
                                                  StageRun::Runner run_stage) {
  (void)recognizers.get(corpus_.pages()[page].lang, {});
  const std::unique_ptr<PageWork> work = begin(page, pipeline, queued_us, std::move(run_stage));
  work->prepare();
  return finish(*work, recognizers, stop);
}

CacheUse PageEvaluator::cache_use() const {
  return {.stages = stage_count_,
          .stages_spared = stages_spared_,
          .ocr_results = ocr_count_,
          .ocr_runs_spared = ocr_runs_spared_};
}

}  // namespace ocrtune
