#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/ocr/ocr_settings.h"
#include "ocrtune/pipeline/setting.h"
#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// Parameters of the [ocr] table of a pipeline, in the order in which they are searched. The first
/// choice, or the initial value, leaves the setting to the command's options.
const std::vector<Parameter>& ocr_parameters();

/// The parameter on whose choice some of the others depend.
inline constexpr std::string_view kThresholding = "thresholding";

/// The parameter of that name, or nullptr.
const Parameter* find_ocr_parameter(std::string_view name);

/// How the name of an external engine's option begins in [ocr]: `engine_size` is its option `size`.
inline constexpr std::string_view kEngineOption = "engine_";

/// The parameter for an option of an external engine, whose allowed values only the engine knows:
/// any number, or the given choices. `name` begins with kEngineOption.
Parameter engine_option(const std::string& name, ParameterType type,
                        std::vector<std::string> choices = {});

/// The option of an external engine that a parameter sets; empty: none.
std::string_view engine_option_of(std::string_view parameter);

/// Describes ocr_parameters() in one sentence.
inline constexpr std::string_view kOcrSummary = "Settings of Tesseract for the preprocessed page.";

/// A parameter of ocr_parameters() in a pipeline: fixed at `value`, or free within a range with
/// `value` as its initial one.
struct OcrUse {
  Parameter parameter;  ///< of a category: only the choices that are searched, in order
  std::string name;     ///< its name in the pipeline, unique there
  /// The fixed or the initial value; for a category the index of the choice.
  double value = 0;
  std::optional<Range> free = {};  ///< the range it is searched in; unset: fixed at `value`
  std::string switch_name = {};    ///< of the boolean that switches it
  bool on = true;                  ///< if the switch is not free
  bool optional = false;           ///< the switch is free: the search may leave it unset

  /// Whether it is set, or the search may set it.
  [[nodiscard]] bool may_be_set() const { return on || optional; }
};

/// The parameter fixed at its initial value, which sets nothing.
OcrUse ocr_use(const Parameter& parameter);

/// The parameter restricted to these choices. Throws Error(pipeline_invalid) for an unknown choice,
/// a repeated one, and for fewer than two.
Parameter with_choices(Parameter parameter, const std::vector<std::string>& choices);

/// The value of the parameter's choice of that name.
std::optional<double> choice_named(const Parameter& parameter, std::string_view name);

/// Condition under which a parameter has an effect: another one has a certain choice.
struct OcrCondition {
  const OcrUse* parent = nullptr;  ///< nullptr: always
  double choice = 0;               ///< of the parent: the index of the choice
};

/// The condition of one of `uses`; nothing if it can have no effect with the others.
std::optional<OcrCondition> condition_of(const OcrUse& use, const std::vector<OcrUse>& uses);

/// True if the settings depend on the x-height of the page, or may depend on it if they are
/// searched.
bool needs_x_height(const std::vector<OcrUse>& uses);

/// The settings at the values of `uses`, for an image with this x-height in px; 0 if it has no text
/// (see measured_x_height). Pure.
OcrSettings ocr_settings_of(const std::vector<OcrUse>& uses, double x_height);

}  // namespace ocrtune
