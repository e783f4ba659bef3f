#include "ocrtune/pipeline/former_ocr_stages.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"

namespace ocrtune {
namespace {

/// A parameter of such a stage and its present equivalent.
struct Renamed {
  std::string_view former;
  std::string_view now;
  std::optional<double> initial = {};  ///< if it differs from the present one
};

struct FormerStage {
  std::string_view name;
  std::string_view thresholding;  ///< the choice that the stage stands for; empty: none
  std::array<Renamed, 2> parameters;
};

constexpr std::array kStages{
    FormerStage{"page_segmentation", "", {Renamed{"mode", "page_segmentation"}}},
    FormerStage{"tesseract_sauvola",
                "sauvola",
                {Renamed{"window", "sauvola_window"}, Renamed{"k", "sauvola_k"}}},
    FormerStage{"tesseract_adaptive_otsu",
                "adaptive_otsu",
                {Renamed{"tile", "otsu_tile"}, Renamed{"smoothing", "otsu_smoothing"}}},
    FormerStage{"tesseract_dpi", "", {Renamed{"dpi", "dpi", 150}}},
    FormerStage{"tesseract_invert", "", {Renamed{"invert", "invert"}}},
    FormerStage{"tesseract_languages", "", {Renamed{"languages", "languages"}}},
};

const FormerStage* find_former(std::string_view name) {
  const auto* found = std::ranges::find(kStages, name, &FormerStage::name);
  return found == kStages.end() ? nullptr : found;
}

OcrUse thresholding_at(std::string_view choice) {
  OcrUse use = ocr_use(*find_ocr_parameter(kThresholding));
  use.value = *choice_named(use.parameter, choice);
  return use;
}

/// Whether the setting has no effect.
bool says_nothing(const OcrUse& use) {
  return !use.free && !use.optional && use.parameter.type == ParameterType::category &&
         use.value == 0;
}

bool is_searched(const OcrUse& use) { return use.free || use.optional; }

}  // namespace

bool FormerOcrStages::has(std::string_view stage) { return find_former(stage) != nullptr; }

/// The parameters of a stage as `table` states them.
std::vector<OcrUse> FormerOcrStages::parameters_of(std::string_view stage, const toml::table* table,
                                                   std::string_view prefix) const {
  std::vector<OcrUse> uses;
  for (const auto& [former, now, initial] : find_former(stage)->parameters) {
    if (former.empty()) continue;
    Parameter parameter = *find_ocr_parameter(now);
    OcrUse use = ocr_use(parameter);
    parameter.name = former;
    parameter.initial = initial.value_or(parameter.initial);
    const Setting setting =
        settings_.read(parameter, table != nullptr ? table->get(former) : nullptr,
                       fmt::format("{}{}", prefix, former));
    use.name = setting.name;
    use.value = setting.value;
    use.free = setting.free;
    uses.push_back(std::move(use));
  }
  return uses;
}

bool FormerOcrStages::take_use(const toml::table& table) {
  const toml::node* node = table.get("use");
  const std::string stage =
      node != nullptr ? node->value_exact<std::string>().value_or("") : std::string();
  const FormerStage* former = find_former(stage);
  if (former == nullptr) return false;
  std::vector<std::string> known{"use", "optional", "on"};
  for (const Renamed& parameter : former->parameters) {
    if (!parameter.former.empty()) known.emplace_back(parameter.former);
  }
  check_keys(table, known, tr("in stage {}", stage), source_);
  std::vector<OcrUse> uses = parameters_of(stage, &table, "");
  if (!former->thresholding.empty())
    uses.insert(uses.begin(), thresholding_at(former->thresholding));
  OcrUse& main = uses.front();
  main.switch_name = "use_" + stage;
  main.optional = settings_.flag_or(table, "optional", false);
  main.on = settings_.flag_or(table, "on", true);
  if (!main.may_be_set()) return true;
  add(uses, table);
  return true;
}

bool FormerOcrStages::take_slot(const toml::table& table, const Slot& slot) {
  const auto is_none = [](const std::string& choice) { return choice == kNoStage; };
  const auto is_former = [&](const std::string& choice) { return is_none(choice) || has(choice); };
  if (std::ranges::none_of(slot.choices, has)) return false;
  if (!std::ranges::all_of(slot.choices, is_former))
    fail_at(table, source_,
            tr("OCR settings belong in [ocr] and cannot be an alternative to a stage"));
  const auto finds_lines = [&](const std::string& choice) {
    return is_none(choice) || !find_former(choice)->thresholding.empty();
  };
  if (!std::ranges::all_of(slot.choices, finds_lines)) {
    take_alternative(table, slot);
    return true;
  }
  add(thresholding_of(table, slot), table);
  for (const std::string& choice : slot.choices) {
    if (is_none(choice)) continue;
    const toml::node* own = table.get(choice);
    add(parameters_of(choice, own != nullptr ? own->as_table() : nullptr, choice + "_"), table);
  }
  return true;
}

/// The search chooses among the thresholding methods, under the slot's name.
OcrUse FormerOcrStages::thresholding_of(const toml::table& table, const Slot& slot) const {
  std::vector<std::string> choices;
  for (const std::string& choice : slot.choices)
    choices.emplace_back(choice == kNoStage ? "otsu" : find_former(choice)->thresholding);
  OcrUse use = ocr_use(*find_ocr_parameter(kThresholding));
  try {
    use.parameter = with_choices(use.parameter, choices);
  } catch (const Error& error) {
    fail_at(table, source_, error.what());
  }
  use.name = slot.name;
  use.value = static_cast<double>(slot.chosen);
  use.free = searched_range(use.parameter);
  return use;
}

/// A slot with one stage or none becomes a switch.
void FormerOcrStages::take_alternative(const toml::table& table, const Slot& slot) {
  if (slot.choices.size() != 2 || slot.choices.front() != kNoStage)
    fail_at(table, source_,
            tr("among the settings of [ocr], only thresholds can be alternatives, or a single "
               "other setting after \"none\""));
  const std::string& stage = slot.choices.back();
  const toml::node* own = table.get(stage);
  for (OcrUse use : parameters_of(stage, own != nullptr ? own->as_table() : nullptr, stage + "_")) {
    use.switch_name = slot.name;
    use.optional = true;
    use.on = slot.chosen == 1;
    add(use, table);
  }
}

void FormerOcrStages::add(const std::vector<OcrUse>& uses, const toml::node& where) {
  for (const OcrUse& use : uses) add(use, where);
}

/// Of two uses that set the same parameter, the later one counts.
void FormerOcrStages::add(const OcrUse& use, const toml::node& where) {
  const auto same = std::ranges::find_if(
      uses_, [&](const OcrUse& earlier) { return earlier.parameter.name == use.parameter.name; });
  if (same == uses_.end()) {
    uses_.push_back(use);
    return;
  }
  if (says_nothing(use)) return;
  if (is_searched(use) || is_searched(*same))
    fail_at(where, source_,
            tr("`{}` of [ocr] is set twice; a free parameter can be set only once",
               use.parameter.name));
  *same = use;
}

}  // namespace ocrtune
