#include "ocrtune/pipeline/ocr_toml.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/setting_toml.h"

namespace ocrtune {
namespace {

/// The keys of `{ … }` that state values of a parameter.
constexpr std::array kValueKeys{"value", "low", "high", "initial"};

/// The parameter for an option of an external engine, by the values that the file gives it.
Parameter option_at(const std::string& name, const toml::node& node, std::string_view source) {
  std::vector<const toml::node*> values{&node};
  if (const toml::table* table = node.as_table()) {
    if (const toml::node* choices = table->get("choices")) {
      std::vector<std::string> names;
      if (const toml::array* list = choices->as_array()) {
        for (const toml::node& choice : *list)
          names.push_back(choice.value_exact<std::string>().value_or(""));
      }
      if (names.empty() || std::ranges::count(names, "") > 0)
        fail_at(*choices, source, tr("`{}`: choices must be a list of names", name));
      return engine_option(name, ParameterType::category, std::move(names));
    }
    values.clear();
    for (const char* key : kValueKeys) {
      if (const toml::node* value = table->get(key)) values.push_back(value);
    }
    if (!table->contains("value") && (!table->contains("low") || !table->contains("high")))
      fail_at(node, source,
              tr("`{}` is an option of an OCR engine: it needs a value, low and high, or choices",
                 name));
  }
  const auto text = values.front()->value_exact<std::string>();
  if (text == "free")
    fail_at(node, source, tr("`{}` is an option of an OCR engine: it needs low and high", name));
  if (text) return engine_option(name, ParameterType::category, {*text});
  const bool whole =
      std::ranges::all_of(values, [](const toml::node* value) { return value->is_integer(); });
  return engine_option(name, whole ? ParameterType::integer : ParameterType::real);
}

/// The parameter with the choices that a `{ … }` states.
Parameter searched_choices(const Parameter& parameter, const toml::table& table,
                           std::string_view source) {
  const toml::node& node = *table.get("choices");
  const toml::array* list = node.as_array();
  std::vector<std::string> choices;
  for (std::size_t i = 0; list != nullptr && i < list->size(); ++i)
    choices.push_back(list->get(i)->value_exact<std::string>().value_or(""));
  try {
    return with_choices(parameter, choices);
  } catch (const Error& error) {
    fail_at(node, source, error.what());
  }
}

/// `optional = true`, or the name of the switch.
void read_switch(const toml::table& table, const SettingReader& settings, std::string_view source,
                 OcrUse& use) {
  const toml::node* node = table.get("optional");
  if (node != nullptr && node->is_string()) {
    use.switch_name = *node->value_exact<std::string>();
    settings.check_name(table, use.switch_name);
    use.optional = true;
  } else {
    use.optional = settings.flag_or(table, "optional", false);
  }
  if (!use.optional && table.contains("on"))
    fail_at(*table.get("on"), source,
            tr("`on` is the state at the start of the search: it needs optional = true"));
  use.on = settings.flag_or(table, "on", true);
}

OcrUse read_use(const Parameter& parameter, const toml::node& node, std::string_view source) {
  const SettingReader settings(source);
  OcrUse use = ocr_use(parameter);
  const toml::table* table = node.as_table();
  const bool choices = table != nullptr && table->contains("choices");
  if (choices) use.parameter = searched_choices(parameter, *table, source);
  const Setting setting =
      settings.read(use.parameter, &node, use.name, {"choices", "optional", "on"});
  use.name = setting.name;
  use.free = setting.free;
  if (choices) {
    if (table->contains("value"))
      fail_at(*table->get("value"), source,
              tr("`{}` is either fixed (value) or free (choices)", parameter.name));
    use.free = searched_range(use.parameter);
  }
  use.value = use.free ? std::clamp(setting.value, use.free->low, use.free->high) : setting.value;
  if (table != nullptr) read_switch(*table, settings, source, use);
  return use;
}

std::string line_of(const OcrUse& use) {
  const Parameter& parameter = use.parameter;
  std::vector<std::string> further;
  const Parameter* declared = find_ocr_parameter(parameter.name);
  if (use.free &&
      (declared == nullptr ? !parameter.choices.empty() : parameter.choices != declared->choices))
    further.push_back(fmt::format("choices = [{}]", joined_strings(parameter.choices)));
  if (use.optional) {
    const bool usual = use.switch_name == ocr_use(parameter).switch_name;
    further.push_back("optional = " + (usual ? "true" : toml_string(use.switch_name)));
    if (!use.on) further.push_back("on = false");
  }
  return setting_text(
      {.name = use.name, .parameter = &parameter, .value = use.value, .free = use.free},
      parameter.name, further);
}

}  // namespace

std::vector<OcrUse> read_ocr(const toml::node& node, std::string_view source) {
  const toml::table* table = node.as_table();
  if (table == nullptr) fail_at(node, source, tr("OCR settings belong in a table [ocr]"));
  std::vector<std::string> known;
  for (const Parameter& parameter : ocr_parameters()) known.push_back(parameter.name);
  for (const auto& [key, ignored] : *table) {
    const std::string name(key.str());
    if (!engine_option_of(name).empty() && is_parameter_name(name)) known.push_back(name);
  }
  check_keys(*table, known, tr("in [ocr]"), source);
  std::vector<OcrUse> uses;
  for (const std::string& name : known) {
    const toml::node* own = table->get(name);
    if (own == nullptr) continue;
    const Parameter* parameter = find_ocr_parameter(name);
    uses.push_back(
        read_use(parameter != nullptr ? *parameter : option_at(name, *own, source), *own, source));
  }
  return uses;
}

std::string ocr_text(const std::vector<OcrUse>& uses) {
  std::string lines;
  for (const OcrUse& use : uses) {
    if (use.may_be_set() && condition_of(use, uses)) lines += line_of(use);
  }
  return lines.empty() ? "" : "\n[ocr]\n" + lines;
}

}  // namespace ocrtune
