#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ocrtune/image/image.h"
#include "ocrtune/pipeline/space.h"
#include "ocrtune/stages/stage.h"

namespace ocrtune {

/// The ends of a search range, both included.
struct Range {
  double low = 0;
  double high = 0;
};

/// One parameter of a stage as a pipeline uses it: fixed at `value`, or free within a range with
/// `value` as its initial one.
struct Setting {
  std::string name;  ///< what the pipeline calls it; unique in the pipeline
  const Parameter* parameter = nullptr;
  double value = 0;
  std::optional<Range> free;
};

/// A stage's place in a pipeline.
struct StageUse {
  const Stage* stage = nullptr;
  std::string switch_name;  ///< "use_STAGE": the boolean that turns it on and off
  bool on = true;           ///< where the switch is not free
  bool optional = false;    ///< the switch is free: the search may turn the stage off
  std::vector<Setting> settings;
};

/// The values of the stage's parameters.
Values values_of(const StageUse& use);

/// The number that `stage` measures of its input, 0 where it measures none. Errors as run_stage.
double measure_for(const Stage& stage, const Image& in);

/// Runs a stage on what settled() gave. Throws Error(limit_reached) where memory runs out.
Image run_stage(const Stage& stage, const Image& in, const Values& settled);

/// An ordered list of stages with their settings. A value type; const use is thread-safe.
class Pipeline {
 public:
  Pipeline() = default;

  /// Throws Error(pipeline_invalid) where two parameters bear one name.
  Pipeline(std::string name, std::string description, std::vector<StageUse> stages);

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const std::string& description() const { return description_; }
  [[nodiscard]] const std::vector<StageUse>& stages() const { return stages_; }

  /// The free parameters in pipeline order, a stage's switch before its own.
  [[nodiscard]] Space space() const;

  /// Fixes a parameter or switch. `name` is the pipeline's name for it or STAGE.PARAMETER. Throws
  /// Error(pipeline_invalid) for a name or value that isn't allowed.
  void fix(std::string_view name, double value);

  /// Frees a parameter or switch, within `range` or the stage's own one. Errors as fix.
  void free(std::string_view name, std::optional<Range> range);

  /// The pipeline with every parameter fixed: the point's values, and for names it leaves out the
  /// fixed or initial ones. Throws Error(pipeline_invalid) for names the pipeline doesn't have.
  [[nodiscard]] Pipeline at(const Point& point) const;

  /// Runs the stages that are on, each parameter at its value. Same input, same bytes. Throws
  /// Error(limit_reached) where memory runs out.
  [[nodiscard]] Image run(const Image& page) const;

  /// All names that fix, free and at accept, for messages and completion.
  [[nodiscard]] std::vector<std::string> parameter_names() const;

  /// The type of the parameter or switch called `name`. Throws as fix.
  [[nodiscard]] ParameterType type_of(std::string_view name) const;

 private:
  struct Target {
    StageUse* use = nullptr;
    Setting* setting = nullptr;  ///< nullptr: the stage's switch
  };
  [[nodiscard]] Target target(std::string_view name);

  std::string name_;
  std::string description_;
  std::vector<StageUse> stages_;
};

}  // namespace ocrtune
