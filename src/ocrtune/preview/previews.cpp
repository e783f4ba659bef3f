#include "ocrtune/preview/previews.h"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>

#include "ocrtune/base/duration.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/execution/stage_run.h"
#include "ocrtune/stages/banded_stage.h"

namespace ocrtune {
namespace {

using Clock = std::chrono::steady_clock;

/// Capacity of the cache of images between stages; an eighth of the memory if that is less.
constexpr std::uint64_t kMaxCacheBytes = 1U << 30U;
constexpr std::uint64_t kKeptSteps = 8192;

/// Interval at which a waiting preview or a running OCR checks whether it was cancelled.
constexpr std::chrono::milliseconds kLook{20};

/// Ends the work on a request that a newer one replaced.
struct NewerHasCome {};

/// The region, if it is so small that computing it alone is faster.
std::optional<cv::Rect> small_region(const cv::Rect& region, cv::Size size) {
  const cv::Rect cut = region_within(region, size);
  return 2 * std::int64_t{cut.area()} < size.area() ? std::optional(cut) : std::nullopt;
}

/// The pipeline, followed by a stage that is off: otherwise the output of the last stage is not
/// cached.
Pipeline kept_to_its_end(const Pipeline& pipeline) {
  std::vector<StageUse> uses = pipeline.stages();
  if (uses.empty()) return pipeline;
  uses.push_back({.stage = uses.back().stage, .on = false});
  return {pipeline.name(), pipeline.description(), std::move(uses), {}, pipeline.ocr()};
}

}  // namespace

/// One of the places for running previews; waits until one is free.
class Previews::Place {
 public:
  Place(Previews& previews, const Check& check) : previews_(previews) {
    std::unique_lock lock(previews_.mutex_);
    if (previews_.waiting_ >= kMaxWaitingPreviews)
      throw Error(Errc::limit_reached, tr("too many previews are asked for at once"));
    ++previews_.waiting_;
    try {
      while (previews_.in_work_ >= kPreviewsAtOnce) {
        previews_.freed_.wait_for(lock, kLook);
        check();
      }
    } catch (...) {
      --previews_.waiting_;
      throw;
    }
    --previews_.waiting_;
    ++previews_.in_work_;
  }
  ~Place() {
    const std::scoped_lock lock(previews_.mutex_);
    --previews_.in_work_;
    previews_.freed_.notify_one();
  }
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

 private:
  Previews& previews_;
};

Previews::Previews(PageImages& images, PageRecognizer& recognizer, const std::atomic<bool>& stop)
    : images_(images),
      recognizer_(recognizer),
      stop_(stop),
      stages_(std::min(kMaxCacheBytes, machine_resources().memory_bytes / 8), kKeptSteps),
      workers_(machine_resources().logical_cores) {}

Previews::Outcome Previews::run(const PreviewRequest& request, const Corpus& corpus, bool whole,
                                const Check& check) {
  const auto load = [&] { return images_.page(corpus, request.page); };
  if (request.pipeline.stages().empty()) {
    const auto start = Clock::now();
    Image image = load();
    std::vector<StepTiming> steps{{"load", 1000 * seconds_since(start), false}};
    const OcrSettings ocr = whole ? request.pipeline.ocr_settings(image) : OcrSettings{};
    return {image, image.gray.size(), request.region, std::move(steps), ocr};
  }
  const Pipeline pipeline = kept_to_its_end(request.pipeline);
  StageRun run(pipeline, page_content(page_of(corpus, request.page)), load, stages_,
               [&](const Stage& stage, const Image& in, const Values& resolved, double&) {
                 return run_in_bands(stage, in, resolved, workers_, check);
               });
  if (!whole && request.region) {
    const StageRun::Tail tail = run.tail([](const Stage& stage) { return stage.reach != nullptr; });
    const cv::Size size = tail.input.gray.size();
    const auto region = small_region(*request.region, size);
    if (region && !tail.steps.empty()) {
      const auto start = Clock::now();
      Image part = run_on_region(tail.steps, tail.input, *region, workers_, check);
      std::vector<StepTiming> steps = run.timings();
      steps.push_back({"region", 1000 * seconds_since(start), false});
      return {std::move(part), size, std::nullopt, std::move(steps), {}};
    }
  }
  Image image = run.image();
  const cv::Size size = image.gray.size();
  const OcrSettings ocr = whole ? run.ocr_settings() : OcrSettings{};
  return {std::move(image), size, request.region, run.timings(), ocr};
}

template <typename Work>
auto Previews::at_turn(const std::string& view, const Work& work) {
  const auto is_over = views_.begin(view);
  const auto check = [&] {
    if (*is_over) throw NewerHasCome();
    if (stop_) throw Error(Errc::interrupted, tr("the program ends"));
  };
  std::optional<decltype(work(*is_over, check))> made;
  try {
    const Place place(*this, check);
    made = work(*is_over, check);
  } catch (const NewerHasCome&) {
    made.reset();
  }
  return made;
}

std::optional<Preview> Previews::picture(const Corpus& corpus, const PreviewRequest& request) {
  return at_turn("picture " + request.view, [&](const std::atomic<bool>&, const Check& check) {
    return picture_of(request, corpus, check);
  });
}

std::optional<nlohmann::json> Previews::ocr_result(const Corpus& corpus,
                                                   const PreviewRequest& request) {
  return at_turn("ocr result " + request.view,
                 [&](const std::atomic<bool>& is_over, const Check& check) {
                   return ocr_result_of(request, corpus, is_over, check);
                 });
}

Preview Previews::picture_of(const PreviewRequest& request, const Corpus& corpus,
                             const Check& check) {
  Outcome outcome = run(request, corpus, false, check);
  check();
  const auto start = Clock::now();
  Preview preview{.picture = encode_picture(outcome.image, outcome.region, request.max_width,
                                            PictureKind::by_content),
                  .size = outcome.size,
                  .steps = std::move(outcome.steps)};
  preview.steps.push_back({"encode", 1000 * seconds_since(start), false});
  return preview;
}

nlohmann::json Previews::ocr_result_of(const PreviewRequest& request, const Corpus& corpus,
                                       const std::atomic<bool>& is_over, const Check& check) {
  const Outcome outcome = run(request, corpus, true, check);
  const Page& page = page_of(corpus, request.page);
  double preprocess_ms = 0;
  for (const StepTiming& step : outcome.steps) {
    if (step.name != "load") preprocess_ms += step.ms;
  }
  // Recognizers check one flag; this loop checks the conditions that set it.
  std::atomic<bool> stop{false};
  const std::jthread watcher([&](const std::stop_token& ended) {
    while (!ended.stop_requested() && !stop) {
      stop = is_over || stop_;
      std::this_thread::sleep_for(kLook);
    }
  });
  PageInk ink([&] { return corpus.image(request.page).gray; });
  auto read = recognizer_.read(page, outcome.image, outcome.ocr, request.engine, stop, ink);
  if (!read) {
    check();
    throw NewerHasCome();
  }
  expect_nothing_if_blank(*read, corpus.image(request.page, true));
  return page_ocr_result_json(page, *read, preprocess_ms);
}

}  // namespace ocrtune
