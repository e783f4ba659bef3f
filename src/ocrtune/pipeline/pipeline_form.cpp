#include "ocrtune/pipeline/pipeline_form.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune {

using nlohmann::json;

namespace {

/// Range of numbers in a request; the parameter's own limits are checked separately.
constexpr double kMaxNumber = 1e15;

json free_form(const std::optional<Range>& free) {
  if (!free) return nullptr;
  return {{"low", free->low}, {"high", free->high}, {"log", free->log}, {"step", free->step}};
}

json setting_form(const Setting& setting) {
  return {{"name", setting.name},
          {"parameter", setting.parameter->name},
          {"value", setting.value},
          {"free", free_form(setting.free)}};
}

json ocr_form(const OcrUse& use) {
  return {{"name", use.name},
          {"parameter", use.parameter.name},
          {"value", use.value},
          {"free", free_form(use.free)},
          {"choices", use.parameter.choices},
          {"switch_name", use.switch_name},
          {"on", use.on},
          {"optional", use.optional}};
}

json use_form(const StageUse& use) {
  json settings = json::array();
  for (const Setting& setting : use.settings) settings.push_back(setting_form(setting));
  return {{"stage", use.stage->name},
          {"switch_name", use.switch_name},
          {"on", use.on},
          {"optional", use.optional},
          {"slot", use.slot},
          {"settings", settings}};
}

/// One line of text, as required of pipelines in TOML.
std::string one_line(JsonFields& fields, const std::string& name) {
  std::string text = fields.text(name, 1000);
  if (quotable(text, 1000) == text) return text;
  fields.refuse(name, tr("must be one line of at most 1000 bytes"));
}

std::string parameter_name(JsonFields& fields, const std::string& name) {
  std::string text = fields.text(name, 64);
  if (is_parameter_name(text)) return text;
  fields.refuse(name, tr("must be letters, digits and _, at most 64"));
}

Range parse_free(const json& form, const std::string& place) {
  JsonFields fields(form, place);
  const Range range{.low = fields.number("low", -kMaxNumber, kMaxNumber),
                    .high = fields.number("high", -kMaxNumber, kMaxNumber),
                    .log = fields.boolean("log"),
                    .step = fields.number("step", 0, kMaxNumber)};
  fields.finish();
  return range;
}

/// Name, value and range of a parameter.
Setting parse_values(JsonFields& fields, const Parameter& parameter) {
  Setting setting{.name = parameter_name(fields, "name"),
                  .parameter = &parameter,
                  .value = fields.number("value", -kMaxNumber, kMaxNumber),
                  .free = {}};
  check_value(parameter, setting.value, fields.place_of("value"));
  if (const json* free = fields.object_or_null("free")) {
    const std::string free_place = fields.place_of("free");
    setting.free = parse_free(*free, free_place);
    if (parameter.type == ParameterType::category) setting.free = searched_range(parameter);
    check_range(parameter, *setting.free, free_place);
    if (setting.value < setting.free->low || setting.value > setting.free->high) {
      fields.refuse("value", tr("lies outside the range from low to high"));
    }
  }
  return setting;
}

Setting parse_setting(const json& form, const Stage& stage, const std::string& place) {
  JsonFields fields(form, place);
  const std::string name = fields.text("parameter", 64);
  const auto parameter = std::ranges::find(stage.parameters, name, &Parameter::name);
  if (parameter == stage.parameters.end()) {
    fields.refuse("parameter",
                  tr("stage {} has no parameter `{}`", stage.name, quotable(name, 60)));
  }
  Setting setting = parse_values(fields, *parameter);
  fields.finish();
  return setting;
}

/// A choice of an external engine's option may have at most so many names.
constexpr std::size_t kMaxChoices = 100;
/// Options of an external engine in a form.
constexpr std::size_t kMaxEngineOptions = 50;

OcrUse parse_ocr_use(const json& form, const std::string& place) {
  JsonFields fields(form, place);
  const std::string name = fields.text("parameter", 64);
  const Parameter* parameter = find_ocr_parameter(name);
  const bool of_engine = !engine_option_of(name).empty() && is_parameter_name(name);
  if (parameter == nullptr && !of_engine) {
    fields.refuse("parameter", tr("[ocr] has no parameter `{}`", quotable(name, 60)));
  }
  const auto choices =
      fields.texts("choices", parameter != nullptr ? parameter->choices.size() : kMaxChoices);
  const ParameterType type = choices.empty() ? ParameterType::real : ParameterType::category;
  OcrUse use = ocr_use(parameter != nullptr ? *parameter : engine_option(name, type, choices));
  if (parameter != nullptr && !choices.empty())
    use.parameter = with_choices(use.parameter, choices);
  const Setting setting = parse_values(fields, use.parameter);
  use.name = setting.name;
  use.value = setting.value;
  use.free = setting.free;
  use.switch_name = parameter_name(fields, "switch_name");
  use.on = fields.boolean("on");
  use.optional = fields.boolean("optional");
  fields.finish();
  return use;
}

/// None if the form has no such field.
std::vector<OcrUse> parse_ocr(JsonFields& fields) {
  std::vector<OcrUse> uses;
  if (fields.absent("ocr")) return uses;
  const std::string place = fields.place_of("ocr");
  for (const json& entry : fields.array("ocr", ocr_parameters().size() + kMaxEngineOptions)) {
    const OcrUse use = parse_ocr_use(entry, fmt::format("{}[{}]", place, uses.size()));
    const auto same = [&](const OcrUse& other) {
      return other.parameter.name == use.parameter.name;
    };
    if (std::ranges::any_of(uses, same)) fields.refuse("ocr", tr("has a parameter twice"));
    uses.push_back(use);
  }
  return uses;
}

/// The settings of all the stage's parameters, in its order.
std::vector<Setting> parse_settings(JsonFields& fields, const Stage& stage) {
  const std::string place = fields.place_of("settings");
  std::vector<Setting> given;
  for (const json& entry : fields.array("settings", stage.parameters.size())) {
    given.push_back(parse_setting(entry, stage, fmt::format("{}[{}]", place, given.size())));
  }
  std::vector<Setting> settings;
  for (const Parameter& parameter : stage.parameters) {
    const auto found = std::ranges::find(given, &parameter, &Setting::parameter);
    if (found == given.end()) {
      fields.refuse("settings", tr("has no value for the parameter ") + parameter.name);
    }
    settings.push_back(*found);
  }
  if (given.size() == settings.size()) return settings;
  fields.refuse("settings", tr("has a parameter twice"));
}

StageUse parse_use(const json& form, const std::string& place) {
  JsonFields fields(form, place);
  const std::string name = fields.text("stage", 64);
  const Stage* stage = find_stage(name);
  if (stage == nullptr) {
    fields.refuse("stage", tr("unknown stage `{}`", quotable(name, 60)));
  }
  StageUse use{.stage = stage,
               .on = fields.boolean("on"),
               .optional = fields.boolean("optional"),
               .settings = parse_settings(fields, *stage),
               .slot = fields.text("slot", 64)};
  // The name is derived from the stage.
  if (!fields.absent("switch_name")) (void)fields.text("switch_name", 200);
  fields.finish();
  return use;
}

Slot parse_slot(const json& form, const std::string& place) {
  JsonFields fields(form, place);
  Slot slot{.name = parameter_name(fields, "name"), .choices = fields.texts("choices", kMaxStages)};
  if (slot.choices.size() < 2) {
    fields.refuse("choices", tr("must have at least two elements"));
  }
  slot.chosen = static_cast<std::size_t>(
      fields.whole("chosen", 0, static_cast<long long>(slot.choices.size()) - 1));
  fields.finish();
  return slot;
}

/// Slots must be in the order of their first alternatives, which must be consecutive and in the
/// order of the choices.
void check_slots(const std::vector<StageUse>& uses, const std::vector<Slot>& slots,
                 const JsonFields& fields) {
  auto use = uses.begin();
  const auto skip_plain = [&] {
    while (use != uses.end() && use->slot.empty()) ++use;
  };
  for (const Slot& slot : slots) {
    skip_plain();
    for (const std::string& choice : slot.choices) {
      if (choice == kNoStage) continue;
      if (use == uses.end() || use->slot != slot.name || use->stage->name != choice) {
        fields.refuse("uses", tr("the alternatives of slot {} differ from its choices", slot.name));
      }
      ++use;
    }
  }
  skip_plain();
  if (use == uses.end()) return;
  fields.refuse("uses", tr("unknown or misplaced slot `{}`", quotable(use->slot, 60)));
}

}  // namespace

json pipeline_form(const Pipeline& pipeline) {
  json uses = json::array();
  for (const StageUse& use : pipeline.stages()) uses.push_back(use_form(use));
  json slots = json::array();
  for (const Slot& slot : pipeline.slots()) {
    slots.push_back({{"name", slot.name}, {"choices", slot.choices}, {"chosen", slot.chosen}});
  }
  json ocr = json::array();
  for (const OcrUse& use : pipeline.ocr()) ocr.push_back(ocr_form(use));
  return {{"name", pipeline.name()},
          {"description", pipeline.description()},
          {"uses", uses},
          {"slots", slots},
          {"ocr", ocr}};
}

Pipeline parse_pipeline_form(const json& form, const std::string& place) {
  JsonFields fields(form, place);
  const std::string name = one_line(fields, "name");
  const std::string description = one_line(fields, "description");
  std::vector<StageUse> uses;
  for (const json& entry : fields.array("uses", kMaxStages)) {
    uses.push_back(parse_use(entry, fmt::format("{}[{}]", fields.place_of("uses"), uses.size())));
  }
  std::vector<Slot> slots;
  for (const json& entry : fields.array("slots", kMaxStages)) {
    slots.push_back(
        parse_slot(entry, fmt::format("{}[{}]", fields.place_of("slots"), slots.size())));
  }
  std::vector<OcrUse> ocr = parse_ocr(fields);
  fields.finish();
  check_slots(uses, slots, fields);
  Pipeline pipeline(name, description, std::move(uses), std::move(slots), std::move(ocr));
  // Applies all checks of pipeline files.
  return parse_pipeline(pipeline_text(pipeline), place.empty() ? "pipeline" : place);
}

}  // namespace ocrtune
