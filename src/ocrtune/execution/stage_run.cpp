#include "ocrtune/execution/stage_run.h"

#include <fmt/format.h>

#include <chrono>
#include <iterator>
#include <utility>

#include "ocrtune/base/duration.h"
#include "ocrtune/stages/run_stage.h"

namespace ocrtune {
namespace {

/// Adds the time until its destruction to a step.
class Stopwatch {
 public:
  explicit Stopwatch(StepTiming& timing) : timing_(timing) {}
  ~Stopwatch() { timing_.ms += 1000 * seconds_since(start_); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

 private:
  StepTiming& timing_;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// `colour`: its output is needed in colour.
ContentHash step_key(const ContentHash& input, const Stage& stage, const Values* values,
                     bool colour) {
  fmt::memory_buffer text;
  fmt::format_to(std::back_inserter(text), "{} {}", input.text(), stage.name);
  if (values != nullptr) {
    for (const auto& [name, value] : values->all()) {
      // Hexadecimal, so that different values have different texts.
      fmt::format_to(std::back_inserter(text), " {}={:a}", name, value);
    }
  }
  if (colour) fmt::format_to(std::back_inserter(text), " in colour");
  return content_hash(std::string_view(text.data(), text.size()));
}

}  // namespace

std::string step_name_of(const StageUse& use) {
  constexpr std::string_view kSwitch = "use_";
  return use.switch_name.substr(kSwitch.size());
}

ContentHash image_content(const ContentHash& pixels, const Image& image) {
  return content_hash(
      fmt::format("{} {:a} {:a} {}", pixels.text(), image.dpi.x, image.dpi.y, image.sized));
}

PageContent page_content(const Page& page) {
  const Image image{{}, page.dpi};
  return {.gray = image_content(page.pixel_hash, image),
          .in_colour = image_content(page.identity(), image),
          .size = {page.width, page.height}};
}

PageContent page_content(const Image& page) {
  const ContentHash gray = image_content(pixel_hash(page.gray), page);
  return {.gray = gray,
          .in_colour = page.colour.empty() ? gray : image_content(pixel_hash(page), page),
          .size = page.gray.size()};
}

StageRun::StageRun(const Pipeline& pipeline, const PageContent& page, std::function<Image()> load,
                   StageCache& cache, Runner runner, DeviceUse* device)
    : pipeline_(pipeline),
      cache_(cache),
      load_(std::move(load)),
      runner_(std::move(runner)),
      device_(device),
      backend_(device == nullptr ? nullptr : device->backend()),
      colour_(pipeline.wants_colour()) {
  content_ = colour_ ? page.in_colour : page.gray;
  size_ = page.size;
  const std::vector<StageUse>& uses = pipeline.stages();
  for (std::size_t i = 0; i < uses.size(); ++i) {
    if (!uses[i].on) continue;
    steps_.push_back({.use = &uses[i],
                      .keeps = i + 1 < uses.size(),
                      .input = {},
                      .key = {},
                      .resolved = {},
                      .timing = {.name = step_name_of(uses[i]), .cached = true}});
  }
  if (!steps_.empty()) steps_.front().input = content_;
  bool wanted = false;
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    step->colour = wanted;
    wanted |= step->use->stage->wants_colour;
  }
}

ContentHash StageRun::content() {
  go([&] { know(steps_.size()); });
  return content_;
}

cv::Size StageRun::size() {
  go([&] { know(steps_.size()); });
  return size_;
}

const Image& StageRun::image() {
  go([&] {
    know(steps_.size());
    bring_to(steps_.size());
  });
  return image_;
}

const OcrSettings& StageRun::ocr_settings() {
  if (!ocr_settings_) {
    const std::vector<OcrUse>& uses = pipeline_.ocr();
    ocr_settings_ = ocr_settings_of(uses, needs_x_height(uses) ? final_x_height() : 0);
  }
  return *ocr_settings_;
}

/// Letter height of the pipeline's output.
double StageRun::final_x_height() {
  double height = 0;
  go([&] {
    know(steps_.size());
    const ContentHash key = content_hash(fmt::format("{} {}", content_.text(), kXHeightStep));
    if (const auto known = cache_.measure(key)) {
      height = *known;
      return;
    }
    bring_to(steps_.size());
    if (backend_ != nullptr) image_ = in_memory(std::move(image_), *backend_);
    const Stopwatch stopwatch(x_height_timing_);
    x_height_timing_.cached = false;
    height = x_height_for(image_);
    cache_.store_measure(key, height);
  });
  return height;
}

/// Runs `steps`; if the device fails, runs them again from the page on without it.
void StageRun::go(const std::function<void()>& steps) {
  try {
    steps();
  } catch (const DeviceError& error) {
    device_->note(error);
    backend_ = nullptr;
    image_ = {};
    loaded_ = false;
    at_ = 0;
    steps();
  }
}

StageRun::Tail StageRun::tail(const std::function<bool(const Stage&)>& may_be_in) {
  std::size_t first = steps_.size();
  while (first > 0) {
    const bool behind_measuring = first < steps_.size() && steps_[first].use->stage->measure;
    if (behind_measuring || !may_be_in(*steps_[first - 1].use->stage)) break;
    --first;
  }
  know(first);
  // The following steps may be cached too.
  while (known_ < steps_.size() && know_from_cache()) {
  }
  if (known_ == steps_.size() && cache_.image(content_)) first = steps_.size();
  bring_to(first);
  Tail tail{.input = image_, .steps = {}};
  if (first < steps_.size()) identify(first);
  for (std::size_t i = first; i < steps_.size(); ++i) {
    const Step& step = steps_[i];
    const Stage& stage = *step.use->stage;
    tail.steps.emplace_back(
        &stage, i < identified_ ? step.resolved : resolved(stage, values_of(*step.use), 0));
  }
  return tail;
}

std::vector<StepTiming> StageRun::timings() const {
  std::vector<StepTiming> timings{load_timing_};
  for (const Step& step : steps_) timings.push_back(step.timing);
  if (needs_x_height(pipeline_.ocr())) timings.push_back(x_height_timing_);
  return timings;
}

/// Determines the content of the input of a step (or of the output, after the last one).
void StageRun::know(std::size_t goal) {
  while (known_ < goal) {
    if (know_from_cache()) continue;
    bring_to(known_);
    run(known_, Wanted::content);
  }
}

/// Advances by one step if its output is in the cache.
bool StageRun::know_from_cache() {
  identify(known_);
  const auto output = cache_.output(steps_[known_].key);
  if (!output) return false;
  learn(*output);
  return true;
}

/// Sets the output of the first unknown step.
void StageRun::learn(const StepOutput& output) {
  content_after(known_) = output.content;
  size_ = output.size;
  work_ms_ += output.ms;
  ++known_;
}

ContentHash& StageRun::content_after(std::size_t step) {
  return step + 1 < steps_.size() ? steps_[step + 1].input : content_;
}

/// Computes the step's key, for which its measurement must be known.
void StageRun::identify(std::size_t number) {
  if (number < identified_) return;
  Step& step = steps_[number];
  const Stage& stage = *step.use->stage;
  double measured = 0;
  if (stage.measure) {
    const ContentHash key = step_key(step.input, stage, nullptr, false);
    if (const auto known = cache_.measure(key)) {
      measured = *known;
    } else {
      bring_to(number);
      const Stopwatch stopwatch(step.timing);
      measured = measure_of(stage);
      cache_.store_measure(key, measured);
    }
    if (!stage.measured.empty()) step.timing.measured = measured;
  }
  step.resolved = resolved(stage, values_of(*step.use), measured);
  step.key = step_key(step.input, stage, &step.resolved, step.colour);
  identified_ = number + 1;
}

/// Makes image_ the input of a step (or the output, after the last one), starting from the nearest
/// known image.
void StageRun::bring_to(std::size_t goal) {
  if (loaded_ && at_ == goal) return;
  const std::size_t least = loaded_ ? at_ + 1 : 1;
  for (std::size_t from = std::min(goal, known_); from >= least; --from) {
    const auto there = kept(content_after(from - 1));
    if (!there) continue;
    image_ = *there;
    at_ = from;
    loaded_ = true;
    break;
  }
  if (!loaded_) {
    const Stopwatch stopwatch(load_timing_);
    image_ = load_();
    if (!colour_) image_.colour.release();
    load_timing_.cached = false;
    loaded_ = true;
  }
  while (at_ < goal) run(at_, Wanted::image);
}

/// Measures image_, the input of the stage.
double StageRun::measure_of(const Stage& stage) {
  if (backend_ == nullptr) return measure_for(stage, image_);
  const DeviceUse::Work work(*device_);
  // If it is measured and run in memory, it is transferred only once.
  if (!stage.over_kernels.run) image_ = in_memory(std::move(image_), *backend_);
  return measure_for(stage, image_, *backend_);
}

Image StageRun::output_of(const Step& step, double& others_ms) {
  const Stage& stage = *step.use->stage;
  if (backend_ == nullptr) {
    return runner_ ? runner_(stage, image_, step.resolved, others_ms)
                   : run_stage(stage, image_, step.resolved);
  }
  const DeviceUse::Work work(*device_);
  Image out = run_stage(stage, image_, step.resolved, *backend_);
  // The last output is recognized in memory.
  return &step == &steps_.back() ? in_memory(std::move(out), *backend_) : out;
}

ContentHash StageRun::content_of_image() {
  return image_content(image_.held ? backend_->pixel_hash(*image_.held) : pixel_hash(image_),
                       image_);
}

cv::Size StageRun::size_of_image() const {
  return image_.held ? image_.held->size() : image_.gray.size();
}

std::optional<Image> StageRun::kept(const ContentHash& content) {
  if (backend_ != nullptr) {
    if (auto held = cache_.held(content)) return held;
  }
  return cache_.image(content);
}

/// Runs the step whose input is image_. If only the first unknown content is needed and another
/// thread has found it meanwhile, image_ is unchanged.
void StageRun::run(std::size_t number, Wanted wanted) {
  identify(number);
  Step& step = steps_[number];
  const Stopwatch stopwatch(step.timing);
  const KeyedMutex::Lock lock(cache_.keyed_mutex(), step.key);
  const auto output = cache_.output(step.key);
  if (output && wanted == Wanted::content) return learn(*output);
  const auto there = output ? kept(output->content) : std::nullopt;
  StepOutput made = output.value_or(StepOutput{});
  if (there) {
    image_ = *there;
  } else {
    StepTiming timing;
    double others_ms = 0;
    {
      const Stopwatch own(timing);
      image_ = output_of(step, others_ms);
      if (!step.colour) image_.colour.release();
    }
    timing.ms += others_ms;
    step.timing.ms += others_ms;
    others_ms_ += others_ms;
    step.timing.cached = false;
    if (!output) made = {content_of_image(), size_of_image(), timing.ms};
  }
  if (!output) cache_.store_output(step.key, made);
  if (!there && step.keeps) cache_.keep(made.content, image_);
  if (number == known_) learn(made);
  at_ = number + 1;
}

}  // namespace ocrtune
