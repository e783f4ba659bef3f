#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/pipeline/ocr_parameters.h"
#include "ocrtune/pipeline/setting.h"
#include "ocrtune/pipeline/space.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// A stage in a pipeline.
struct StageUse {
  const Stage* stage = nullptr;   ///< not null; outlives the pipeline
  std::string switch_name;        ///< "use_STAGE": the boolean that turns it on and off
  bool on = true;                 ///< if the switch is not free
  bool optional = false;          ///< the switch is free: the search may turn the stage off
  std::vector<Setting> settings;  ///< in the order of the stage's parameters
  std::string slot = {};          ///< name of its slot if it is an alternative, instead of a switch
};

/// Greatest number of stages in a file or a form of a pipeline.
inline constexpr std::size_t kMaxStages = 100;

/// The choice of a slot that runs no stage.
inline constexpr std::string_view kNoStage = "none";

/// A position in a pipeline at which one of several alternative stages runs, or none; the search
/// chooses.
struct Slot {
  std::string name;                              ///< its name in the pipeline, unique there
  std::vector<std::string> choices;              ///< names of stages, and kNoStage if none may run
  std::size_t chosen = 0;                        ///< if the search does not choose
  bool operator==(const Slot&) const = default;  ///< equal in every field
};

/// The values of the stage's parameters.
Values values_of(const StageUse& use);

/// An ordered list of stages with their parameters, and the OCR settings for their output. A value
/// type; const use is thread-safe.
class Pipeline {
 public:
  /// A pipeline without stages or a name.
  Pipeline() = default;

  /// Alternatives of a slot must follow each other, in the order of its choices. Throws
  /// Error(pipeline_invalid) if two parameters have the same name, or if a stage that needs colour
  /// follows one that outputs gray. `ocr` has each parameter of ocr_parameters() at most once.
  Pipeline(std::string name, std::string description, std::vector<StageUse> stages,
           std::vector<Slot> slots = {}, std::vector<OcrUse> ocr = {});

  /// The name shown in results.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// A descriptive sentence; may be empty.
  [[nodiscard]] const std::string& description() const { return description_; }
  /// In the order they run, including the alternatives of slots.
  [[nodiscard]] const std::vector<StageUse>& stages() const { return stages_; }
  /// The slots in which some of its stages are alternatives.
  [[nodiscard]] const std::vector<Slot>& slots() const { return slots_; }

  /// Settings of its [ocr] table, in the order of ocr_parameters().
  [[nodiscard]] const std::vector<OcrUse>& ocr() const { return ocr_; }

  /// The slot of that name, which must exist.
  [[nodiscard]] const Slot& slot(std::string_view name) const;

  /// The free parameters in pipeline order, those of [ocr] last; a stage's switch and a slot come
  /// before the parameters that depend on them.
  [[nodiscard]] Space space() const;

  /// Fixes a parameter, switch or slot. `name` is the pipeline's name for it, or STAGE.PARAMETER or
  /// ocr.PARAMETER, which work for any pipeline. A slot that is fixed keeps only the chosen stage.
  /// Throws Error(pipeline_invalid) for a name or value that is not allowed.
  void fix(std::string_view name, double value);

  /// Fixes an engine's option (`engine_order`) at a choice, which only the engine can judge. Throws
  /// as fix.
  void fix_engine_choice(std::string_view name, const std::string& choice);

  /// Frees a parameter or switch, within `range` or else the stage's own range. Errors as fix.
  void free(std::string_view name, std::optional<Range> range);

  /// The pipeline with every parameter fixed at the point's value; names that the point leaves out
  /// get the fixed or initial value. Throws Error(pipeline_invalid) for names the pipeline does not
  /// have.
  [[nodiscard]] Pipeline at(const Point& point) const;

  /// Whether a stage that is on, or that the search may turn on, needs pages in colour.
  [[nodiscard]] bool wants_colour() const;

  /// Runs the stages that are on, each parameter at its value. Deterministic to the byte; the
  /// output is gray. Throws Error(limit_reached) if memory runs out.
  [[nodiscard]] Image run(const Image& page) const;

  /// OCR settings for an image that the pipeline made, each parameter at its value. Throws
  /// Error(limit_reached) if memory runs out.
  [[nodiscard]] OcrSettings ocr_settings(const Image& made) const;

  /// All names that fix, free and at accept, for messages and shell completion.
  [[nodiscard]] std::vector<std::string> parameter_names() const;

  /// The parameter, switch (as a boolean) or slot (as a category) called `name`. Throws as fix.
  [[nodiscard]] Parameter parameter_of(std::string_view name) const;

 private:
  struct Target {
    Slot* slot = nullptr;
    StageUse* use = nullptr;
    Setting* setting = nullptr;  ///< nullptr: the stage's switch
    OcrUse* ocr = nullptr;
    bool is_switch = false;  ///< of `ocr`
  };
  [[nodiscard]] Target target(std::string_view name);
  [[nodiscard]] Target ocr_target(std::string_view name);
  void fix_slot(std::size_t index, std::size_t choice);

  std::string name_;
  std::string description_;
  std::vector<StageUse> stages_;
  std::vector<Slot> slots_;
  std::vector<OcrUse> ocr_;
};

/// The stages of a pipeline that run and its OCR settings, as a pipeline of this name without a
/// description or slots. Pure.
Pipeline without_idle_stages(const Pipeline& pipeline, const std::string& name);

}  // namespace ocrtune
