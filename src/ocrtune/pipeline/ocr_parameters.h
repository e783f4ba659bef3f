#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/ocr_settings.h"
#include "ocrtune/pipeline/setting.h"
#include "ocrtune/stages/parameter.h"

namespace ocrtune {

/// What the [ocr] table of a pipeline may set, in the order in which it is searched. The first
/// choice, or the initial value, says nothing.
const std::vector<Parameter>& ocr_parameters();

/// The parameter whose choices some of the others belong to.
inline constexpr std::string_view kThresholding = "thresholding";

/// The one of that name, or nullptr.
const Parameter* find_ocr_parameter(std::string_view name);

/// What ocr_parameters() is about, in one sentence.
inline constexpr std::string_view kOcrSummary =
    "How Tesseract reads what the stages made of the page.";

/// A parameter of ocr_parameters() in a pipeline: fixed at `value`, or free within a range with
/// `value` as its initial one.
struct OcrUse {
  Parameter parameter;  ///< of a category, only the choices that are searched, in their order
  std::string name;     ///< what the pipeline calls it; unique in the pipeline
  /// Its own, or the search's initial one; of a category the place among the choices.
  double value = 0;
  std::optional<Range> free = {};  ///< the range it is searched in; nothing: fixed at `value`
  std::string switch_name = {};    ///< of the boolean that says whether it is set
  bool on = true;                  ///< where the switch is not free
  bool optional = false;           ///< the switch is free: the search may leave it unset

  /// Set, or perhaps set by the search.
  [[nodiscard]] bool may_be_set() const { return on || optional; }
};

/// The parameter fixed at its initial value, which says nothing.
OcrUse ocr_use(const Parameter& parameter);

/// The parameter with these of its choices only. Throws Error(pipeline_invalid) for one that it
/// doesn't have, one that is there twice, and fewer than two.
Parameter with_choices(Parameter parameter, const std::vector<std::string>& choices);

/// The choice of the parameter of that name.
std::optional<double> choice_named(const Parameter& parameter, std::string_view name);

/// When a parameter has an effect: where another one is at a choice.
struct OcrCondition {
  const OcrUse* parent = nullptr;  ///< nullptr: always
  double choice = 0;               ///< of the parent: the place among its choices
};

/// The condition of one of `uses`; nothing where it can have no effect beside the others.
std::optional<OcrCondition> condition_of(const OcrUse& use, const std::vector<OcrUse>& uses);

/// True where the settings depend on the height of the page's small letters, or may where they are
/// searched.
bool needs_x_height(const std::vector<OcrUse>& uses);

/// The settings at the values of `uses`, for an image whose x-height is so many px, 0 where it has
/// no text (see measured_x_height). Pure.
OcrSettings ocr_settings_of(const std::vector<OcrUse>& uses, double x_height);

}  // namespace ocrtune
