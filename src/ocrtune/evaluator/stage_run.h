#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/evaluator/device_use.h"
#include "ocrtune/evaluator/stage_cache.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Identities of a page as stages see it; the same where it has no colour.
struct PageContent {
  ContentHash gray;
  ContentHash in_colour;
};

PageContent page_content(const Page& page);

/// What a StepTiming is called that measures the height of letters for the settings of reading.
inline constexpr std::string_view kXHeightStep = "x_height";

/// One page's way through a pipeline, with as little work as the cache leaves. Each stage runs at
/// most once, and only when what it gives is asked for and not known. For one thread.
class StageRun {
 public:
  /// Runs a stage on what settled() gave; what gives the same bytes as run_stage another way.
  using Runner = std::function<Image(const Stage&, const Image&, const Values& settled)>;

  /// `pipeline` has every parameter fixed and outlives this. `load` gives the page, whose content
  /// is `page`, with its colours where the pipeline wants them; it is called at most once, and once
  /// more where the device fails. What
  /// `runner` throws ends the run. Stages run on `device` where there is one, as long as it works;
  /// `runner` isn't asked then.
  StageRun(const Pipeline& pipeline, const PageContent& page, std::function<Image()> load,
           StageCache& cache, Runner runner = {}, DeviceUse* device = nullptr);

  /// The content of what the pipeline makes of the page. Throws as Pipeline::run.
  ContentHash content();

  /// The image of that content. Throws as Pipeline::run.
  const Image& image();

  /// How the image is to be read. Throws as Pipeline::run.
  const OcrSettings& ocr_settings();

  /// The last steps, which are still to be done, and the image that they begin with.
  struct Tail {
    Image input;
    std::vector<std::pair<const Stage*, Values>> steps;  ///< with what settled() gave
  };

  /// The longest tail of stages that `may_be_in` is true of, none but its first one measuring;
  /// what comes before it is done. No steps where the pipeline's image is kept already, or its last
  /// stage may not be in a tail. Throws as Pipeline::run.
  Tail tail(const std::function<bool(const Stage&)>& may_be_in);

  /// Loading and each stage that is on, in order, with what was spent on them so far; last, where
  /// settings of reading depend on it, the height of letters.
  [[nodiscard]] std::vector<StepTiming> timings() const;

  /// Milliseconds that the stages take whose content is known, when they are done.
  [[nodiscard]] double work_ms() const { return work_ms_; }

 private:
  struct Step {
    const StageUse* use = nullptr;
    bool keeps = false;   // its output may be another trial's input
    bool colour = false;  // a later stage wants the colours of its output
    ContentHash input;
    ContentHash key;  // of the step; once `input` is known
    Values settled;
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
  Image output_of(const Step& step);
  ContentHash content_of_image();
  std::optional<Image> kept(const ContentHash& content);

  const Pipeline& pipeline_;
  StageCache& cache_;
  std::function<Image()> load_;
  Runner runner_;
  DeviceUse* device_;
  Backend* backend_ = nullptr;  // of the device, while it works
  bool colour_ = false;         // a stage wants the page's colours
  std::vector<Step> steps_;
  ContentHash content_;
  double work_ms_ = 0;
  std::size_t known_ = 0;       // steps whose output's content is known
  std::size_t identified_ = 0;  // steps whose key is known
  bool loaded_ = false;
  std::size_t at_ = 0;  // image_ is the input of this step, where loaded_
  Image image_;
  StepTiming load_timing_{.name = "load", .cached = true};
  std::optional<OcrSettings> ocr_settings_;  // once asked for
  StepTiming x_height_timing_{.name = std::string(kXHeightStep), .cached = true};
};

/// Identity of an image as stages see it: its pixels, whose hash is `pixels`, and what is known
/// besides them. Images that differ in their colours have pixels of different hashes.
ContentHash image_content(const ContentHash& pixels, const Image& image);

}  // namespace ocrtune
