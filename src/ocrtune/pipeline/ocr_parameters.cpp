#include "ocrtune/pipeline/ocr_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/stages/x_heights.h"

namespace ocrtune {
namespace {

constexpr std::string_view kOtsu = "otsu";
constexpr std::string_view kSauvola = "sauvola";
constexpr std::string_view kAdaptiveOtsu = "adaptive_otsu";

/// Tesseract's numbers for the choices of page_segmentation.
constexpr std::array kModes{0, 3, 4, 6, 11};

// px; Tesseract enlarges smaller ones.
constexpr int kMinWindow = 7;
constexpr int kMinTile = 16;

std::vector<Parameter> thresholding_parameters() {
  return {
      category(std::string(kThresholding),
               {std::string(kOtsu), std::string(kSauvola), std::string(kAdaptiveOtsu)},
               "binarization used by the layout analysis; otsu, one threshold for the page, is "
               "Tesseract's default"),
      real("sauvola_window", {.low = 2,
                              .high = 20,
                              .initial = 8,
                              .min = 0.1,
                              .max = 100,
                              .unit = "x-heights",
                              .help = "window size"}),
      real("sauvola_k",
           {.low = 0.1,
            .high = 0.5,
            .initial = 0.34,
            .min = 0,
            .max = 1,
            .unit = "fraction of the mean",
            .help = "k: by how much the threshold is lowered where the contrast is low"}),
      real("otsu_tile", {.low = 8,
                         .high = 40,
                         .initial = 20,
                         .min = 0.1,
                         .max = 100,
                         .unit = "x-heights",
                         .help = "tile size of adaptive_otsu",
                         .log = true}),
      integer("otsu_smoothing",
              {.low = 0,
               .high = 3,
               .initial = 1,
               .min = 0,
               .max = 10,
               .unit = "tiles",
               .help = "number of neighbouring tiles on each side for averaging thresholds"}),
  };
}

std::vector<Parameter> declared_parameters() {
  std::vector<Parameter> all{category("page_segmentation",
                                      {"given", "auto", "column", "block", "sparse"},
                                      "page segmentation mode; given keeps the mode asked for")};
  for (Parameter& parameter : thresholding_parameters()) all.push_back(std::move(parameter));
  all.push_back(integer(
      "dpi", {.low = kMinDpi,
              .high = 600,
              .initial = 0,
              .min = 0,
              .max = kMaxDpi,
              .unit = "dpi",
              .help = "resolution; with 0, the one that the file states, else Tesseract assumes 70",
              .log = true}));
  all.push_back(
      category("invert", {"given", "on", "off"},
               "also try uncertain lines as white on black; given keeps Tesseract's default, on"));
  all.push_back(category(
      "languages", {"given", "all", "first", "second", "third"},
      "use all languages of the page or one of them; given keeps the languages asked for"));
  return all;
}

/// The choice of `thresholding` that a parameter depends on; empty: none.
std::string_view thresholding_of(std::string_view name) {
  if (name.starts_with("sauvola_")) return kSauvola;
  if (name.starts_with("otsu_")) return kAdaptiveOtsu;
  return "";
}

const OcrUse* find_use(const std::vector<OcrUse>& uses, std::string_view name) {
  const auto found = std::ranges::find(
      uses, name, [](const OcrUse& use) -> const std::string& { return use.parameter.name; });
  return found == uses.end() ? nullptr : &*found;
}

/// Values of all parameters: the values that are set, else the initial ones.
class OcrValues {
 public:
  explicit OcrValues(const std::vector<OcrUse>& uses) : uses_(uses) {}

  [[nodiscard]] double number(std::string_view name) const {
    const OcrUse* use = find(name);
    return use != nullptr ? use->value : find_ocr_parameter(name)->initial;
  }

  /// Index among all choices, not only the searched ones.
  [[nodiscard]] std::size_t choice(std::string_view name) const {
    const OcrUse* use = find(name);
    if (use == nullptr) return 0;
    const std::string& chosen = use->parameter.choices[static_cast<std::size_t>(use->value)];
    return static_cast<std::size_t>(*choice_named(*find_ocr_parameter(name), chosen));
  }

 private:
  [[nodiscard]] const OcrUse* find(std::string_view name) const {
    const OcrUse* use = find_use(uses_, name);
    return use != nullptr && use->on ? use : nullptr;
  }

  const std::vector<OcrUse>& uses_;
};

}  // namespace

const std::vector<Parameter>& ocr_parameters() {
  static const std::vector<Parameter> kParameters = declared_parameters();
  return kParameters;
}

const Parameter* find_ocr_parameter(std::string_view name) {
  const auto found = std::ranges::find(ocr_parameters(), name, &Parameter::name);
  return found == ocr_parameters().end() ? nullptr : &*found;
}

Parameter engine_option(const std::string& name, ParameterType type,
                        std::vector<std::string> choices) {
  const std::string help = "option of the OCR engine";
  if (type == ParameterType::category) return category(name, std::move(choices), help);
  constexpr double kMax = 1e9;
  Parameter parameter = type == ParameterType::integer ? integer(name, {}) : real(name, {});
  parameter.low = parameter.min = -kMax;
  parameter.high = parameter.max = kMax;
  parameter.help = help;
  return parameter;
}

std::string_view engine_option_of(std::string_view parameter) {
  return parameter.starts_with(kEngineOption) ? parameter.substr(kEngineOption.size()) : "";
}

OcrUse ocr_use(const Parameter& parameter) {
  return {.parameter = parameter,
          .name = parameter.name,
          .value = parameter.initial,
          .switch_name = "use_" + parameter.name};
}

Parameter with_choices(Parameter parameter, const std::vector<std::string>& choices) {
  const std::string all = joined(parameter.choices);
  for (auto choice = choices.begin(); choice != choices.end(); ++choice) {
    if (!choice_named(parameter, *choice) || std::find(choices.begin(), choice, *choice) != choice)
      throw Error(Errc::pipeline_invalid,
                  tr("`{}`: choices must be among {}, each at most once", parameter.name, all));
  }
  if (choices.size() < 2)
    throw Error(Errc::pipeline_invalid,
                tr("`{}`: choices must be at least two of {}", parameter.name, all));
  return category(std::move(parameter.name), choices, std::move(parameter.help));
}

std::optional<double> choice_named(const Parameter& parameter, std::string_view name) {
  const auto found = std::ranges::find(parameter.choices, name);
  if (found == parameter.choices.end()) return std::nullopt;
  return static_cast<double>(found - parameter.choices.begin());
}

std::optional<OcrCondition> condition_of(const OcrUse& use, const std::vector<OcrUse>& uses) {
  const std::string_view needed = thresholding_of(use.parameter.name);
  if (needed.empty()) return OcrCondition{};
  const OcrUse* parent = find_use(uses, kThresholding);
  if (parent == nullptr || !parent->may_be_set()) return std::nullopt;
  const auto choice = choice_named(parent->parameter, needed);
  if (!choice || (!parent->free && parent->value != *choice)) return std::nullopt;
  return OcrCondition{.parent = parent, .choice = *choice};
}

bool needs_x_height(const std::vector<OcrUse>& uses) {
  const OcrUse* use = find_use(uses, kThresholding);
  if (use == nullptr || !use->may_be_set()) return false;
  return use->free || choice_named(use->parameter, kOtsu) != use->value;
}

OcrSettings ocr_settings_of(const std::vector<OcrUse>& uses, double x_height) {
  const OcrValues values(uses);
  const std::string_view thresholding =
      find_ocr_parameter(kThresholding)->choices[values.choice(kThresholding)];
  OcrSettings settings{.psm = kModes.at(values.choice("page_segmentation")),
                       .inversion = static_cast<Inversion>(values.choice("invert")),
                       .languages = static_cast<Languages>(values.choice("languages"))};
  const auto dpi = static_cast<int>(std::lround(values.number("dpi")));
  if (dpi != 0) settings.dpi = std::max(dpi, kMinDpi);
  if (thresholding == kSauvola) {
    settings.thresholding = Thresholding::sauvola;
    settings.window = std::max(kMinWindow, odd_px(values.number("sauvola_window"), x_height));
    settings.k = values.number("sauvola_k");
  }
  if (thresholding == kAdaptiveOtsu) {
    settings.thresholding = Thresholding::adaptive_otsu;
    settings.window = std::max(kMinTile, whole_px(values.number("otsu_tile"), x_height));
    settings.smoothing = static_cast<int>(std::lround(values.number("otsu_smoothing")));
  }
  for (const OcrUse& use : uses) {
    const std::string_view option = engine_option_of(use.parameter.name);
    if (use.on && !option.empty())
      settings.engine_options[std::string(option)] = value_text(use.parameter, use.value);
  }
  return settings;
}

}  // namespace ocrtune
