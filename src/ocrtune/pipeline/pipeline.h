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

/// A stage's place in a pipeline.
struct StageUse {
  const Stage* stage = nullptr;   ///< not null; outlives the pipeline
  std::string switch_name;        ///< "use_STAGE": the boolean that turns it on and off
  bool on = true;                 ///< where the switch is not free
  bool optional = false;          ///< the switch is free: the search may turn the stage off
  std::vector<Setting> settings;  ///< in the order of the stage's parameters
  std::string slot = {};  ///< name of the slot it is an alternative in, instead of having a switch
};

/// Stages that a file or a form of a pipeline may have.
inline constexpr std::size_t kMostStages = 100;

/// The choice of a slot in which no stage runs.
inline constexpr std::string_view kNoStage = "none";

/// A place in a pipeline where one of several stages runs, or none; the search chooses.
struct Slot {
  std::string name;                  ///< what the pipeline calls it; unique in the pipeline
  std::vector<std::string> choices;  ///< stages' names, and kNoStage where none may run
  std::size_t chosen = 0;            ///< where the search doesn't choose
  bool operator==(const Slot&) const = default;  ///< equal in every field
};

/// The values of the stage's parameters.
Values values_of(const StageUse& use);

/// An ordered list of stages with their parameters, and how what they make is read. A value type;
/// const use is thread-safe.
class Pipeline {
 public:
  /// Without stages or a name.
  Pipeline() = default;

  /// Alternatives of a slot follow each other, in the order of its choices. Throws
  /// Error(pipeline_invalid) where two parameters bear one name, or where a stage that wants colour
  /// stands behind one that gives none. `ocr` has each parameter of ocr_parameters() at most once.
  Pipeline(std::string name, std::string description, std::vector<StageUse> stages,
           std::vector<Slot> slots = {}, std::vector<OcrUse> ocr = {});

  /// As results show it.
  [[nodiscard]] const std::string& name() const { return name_; }
  /// A sentence for people; may be empty.
  [[nodiscard]] const std::string& description() const { return description_; }
  /// In the order they run, alternatives of slots among them.
  [[nodiscard]] const std::vector<StageUse>& stages() const { return stages_; }
  /// Those that some of its stages are alternatives in.
  [[nodiscard]] const std::vector<Slot>& slots() const { return slots_; }

  /// What its [ocr] table sets, in the order of ocr_parameters().
  [[nodiscard]] const std::vector<OcrUse>& ocr() const { return ocr_; }

  /// The slot of that name, which there is.
  [[nodiscard]] const Slot& slot(std::string_view name) const;

  /// The free parameters in pipeline order, those of [ocr] last; a stage's switch and a slot before
  /// what depends on them.
  [[nodiscard]] Space space() const;

  /// Fixes a parameter, switch or slot. `name` is the pipeline's name for it, STAGE.PARAMETER or
  /// ocr.PARAMETER, which any pipeline has. Of a slot that is fixed only the chosen stage is left.
  /// Throws Error(pipeline_invalid) for a name or value that isn't allowed.
  void fix(std::string_view name, double value);

  /// Frees a parameter or switch, within `range` or the stage's own one. Errors as fix.
  void free(std::string_view name, std::optional<Range> range);

  /// The pipeline with every parameter fixed: the point's values, and for names it leaves out the
  /// fixed or initial ones. Throws Error(pipeline_invalid) for names the pipeline doesn't have.
  [[nodiscard]] Pipeline at(const Point& point) const;

  /// Whether a stage that is on, or that the search may turn on, wants pages in colour.
  [[nodiscard]] bool wants_colour() const;

  /// Runs the stages that are on, each parameter at its value. Same input, same bytes; the output
  /// is gray. Throws Error(limit_reached) where memory runs out.
  [[nodiscard]] Image run(const Image& page) const;

  /// How an image that the pipeline made is to be read, each parameter at its value. Throws
  /// Error(limit_reached) where memory runs out.
  [[nodiscard]] OcrSettings ocr_settings(const Image& made) const;

  /// All names that fix, free and at accept, for messages and completion.
  [[nodiscard]] std::vector<std::string> parameter_names() const;

  /// What is called `name`: a parameter, a switch (boolean) or a slot (category). Throws as fix.
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

}  // namespace ocrtune
