#pragma once

#include <cstddef>
#include <functional>
#include <opencv2/core/types.hpp>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/device_use.h"
#include "ocrtune/execution/stage_cache.h"
#include "ocrtune/metrics/page_result.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// Content hashes of a page as input of stages, the same one twice if the page has no colour, and
/// its size.
struct PageContent {
  ContentHash gray;
  ContentHash in_colour;
  cv::Size size;
};

PageContent page_content(const Page& page);

/// The same of a page in memory.
PageContent page_content(const Image& page);

/// Name of the StepTiming of a stage: the stage's, a second use of a stage with `_2`.
std::string step_name_of(const StageUse& use);

/// Name of the StepTiming of measuring the letter height for the OCR settings.
inline constexpr std::string_view kXHeightStep = "x_height";

/// Runs a pipeline on one page with as little work as the cache allows. Each stage runs at most
/// once, and only if its output is requested and not known. For one thread.
class StageRun {
 public:
  /// Runs a stage with the values that resolved() returned. Must give the same bytes as run_stage.
  /// Adds to `others_ms` what other threads spent on it beyond its duration.
  using Runner =
      std::function<Image(const Stage&, const Image&, const Values& resolved, double& others_ms)>;

  /// `pipeline` has every parameter fixed and outlives this. `load` returns the page, whose content
  /// is `page`, in colour if the pipeline uses it; it is called at most once, and once more if the
  /// device fails. An exception of `runner` ends the run. Stages run on `device` if there is one
  /// and it works; `runner` is not called then.
  StageRun(const Pipeline& pipeline, const PageContent& page, std::function<Image()> load,
           StageCache& cache, Runner runner = {}, DeviceUse* device = nullptr);

  /// The content of the pipeline's output. Throws as Pipeline::run.
  ContentHash content();

  /// The size of the pipeline's output, for which no image is made if it is cached. Throws as
  /// Pipeline::run.
  cv::Size size();

  /// The pipeline's output. Throws as Pipeline::run.
  const Image& image();

  /// The OCR settings for the output. Throws as Pipeline::run.
  const OcrSettings& ocr_settings();

  /// The last steps that are not done yet, and their input image.
  struct Tail {
    Image input;
    std::vector<std::pair<const Stage*, Values>> steps;  ///< with the values from resolved()
  };

  /// The longest tail of stages for which `may_be_in` is true, of which only the first may measure
  /// its input; the stages before it are run. No steps if the output is cached or the last stage
  /// may not be in a tail. Throws as Pipeline::run.
  Tail tail(const std::function<bool(const Stage&)>& may_be_in);

  /// Timings of loading and of each enabled stage, in order, so far; the last one is that of the
  /// letter height if OCR settings depend on it.
  [[nodiscard]] std::vector<StepTiming> timings() const;

  /// Running time, in ms, of the stages whose output is known, as measured when they ran.
  [[nodiscard]] double work_ms() const { return work_ms_; }

  /// What other threads spent on the stages, in ms, beyond the duration of the calls.
  [[nodiscard]] double others_ms() const { return others_ms_; }

 private:
  struct Step {
    const StageUse* use = nullptr;
    bool keeps = false;   // its output may be another trial's input
    bool colour = false;  // a later stage uses the colours of its output
    ContentHash input;
    ContentHash key;  // of the step; valid once `input` is known
    Values resolved;
    StepTiming timing;
  };

  enum class Wanted { content, image };

  void know(std::size_t step);
  bool know_from_cache();
  void learn(const StepOutput& output);
  void bring_to(std::size_t step);
  void identify(std::size_t step);
  void run(std::size_t step, Wanted wanted);
  ContentHash& content_after(std::size_t step);

  void go(const std::function<void()>& steps);
  double measure_of(const Stage& stage);
  double final_x_height();
  Image output_of(const Step& step, double& others_ms);
  ContentHash content_of_image();
  [[nodiscard]] cv::Size size_of_image() const;
  std::optional<Image> kept(const ContentHash& content);

  const Pipeline& pipeline_;
  StageCache& cache_;
  std::function<Image()> load_;
  Runner runner_;
  DeviceUse* device_;
  Backend* backend_ = nullptr;  // of the device, while it works
  bool colour_ = false;         // a stage uses the page's colours
  std::vector<Step> steps_;
  ContentHash content_;
  cv::Size size_;  // of the output of the last known step
  double work_ms_ = 0;
  double others_ms_ = 0;
  std::size_t known_ = 0;       // number of steps with a known output
  std::size_t identified_ = 0;  // number of steps with a known key
  bool loaded_ = false;
  std::size_t at_ = 0;  // image_ is the input of this step, if loaded_
  Image image_;
  StepTiming load_timing_{.name = "load", .cached = true};
  std::optional<OcrSettings> ocr_settings_;  // once requested
  StepTiming x_height_timing_{.name = std::string(kXHeightStep), .cached = true};
};

/// Identity of an image as input of stages: its pixels, whose hash is `pixels`, and its other
/// properties. Images that differ in colour have different pixel hashes.
ContentHash image_content(const ContentHash& pixels, const Image& image);

}  // namespace ocrtune
