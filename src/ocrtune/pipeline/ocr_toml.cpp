#include "ocrtune/pipeline/ocr_toml.h"

#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/setting_toml.h"

namespace ocrtune {
namespace {

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
  if (use.free && parameter.choices != find_ocr_parameter(parameter.name)->choices)
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
  check_keys(*table, known, tr("in [ocr]"), source);
  std::vector<OcrUse> uses;
  for (const Parameter& parameter : ocr_parameters()) {
    if (const toml::node* own = table->get(parameter.name))
      uses.push_back(read_use(parameter, *own, source));
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
