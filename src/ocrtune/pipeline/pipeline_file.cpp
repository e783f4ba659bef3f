#include "ocrtune/pipeline/pipeline_file.h"

#include <fmt/format.h>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/pipeline/pipeline_toml.h"

namespace ocrtune {
namespace {

/// `usual_name` is what the setting is called where nothing is said.
std::string setting_text(const Setting& setting, const std::string& usual_name) {
  const Parameter& parameter = *setting.parameter;
  const auto text = [&](double value) {
    const std::string plain = value_text(parameter, value);
    return parameter.type == ParameterType::category ? toml_string(plain) : plain;
  };
  const std::string as =
      setting.name == usual_name ? "" : fmt::format(", as = {}", toml_string(setting.name));
  if (setting.free) {
    const Range& range = *setting.free;
    std::string ends;
    if (parameter.type != ParameterType::category) {
      ends = fmt::format("low = {}, high = {}, ", text(range.low), text(range.high));
      if (range.log) ends += "log = true, ";
      if (range.step > 0) ends += fmt::format("step = {}, ", range.step);
    }
    return fmt::format("{} = {{ {}initial = {}{} }}\n", parameter.name, ends, text(setting.value),
                       as);
  }
  if (as.empty()) return fmt::format("{} = {}\n", parameter.name, text(setting.value));
  return fmt::format("{} = {{ value = {}{} }}\n", parameter.name, text(setting.value), as);
}

std::string slot_text(const Slot& slot) {
  std::vector<std::string> quoted;
  for (const std::string& choice : slot.choices) quoted.push_back(toml_string(choice));
  return fmt::format("\n[[stage]]\none_of = [{}]\nas = {}\ninitial = {}\n", joined(quoted),
                     toml_string(slot.name), toml_string(slot.choices[slot.chosen]));
}

std::string alternative_text(const StageUse& use) {
  if (use.settings.empty()) return "";
  std::string text = fmt::format("[stage.{}]\n", use.stage->name);
  for (const Setting& setting : use.settings)
    text += setting_text(setting, use.stage->name + "_" + setting.parameter->name);
  return text;
}

}  // namespace

Pipeline parse_pipeline(std::string_view text, std::string_view source) {
  return pipeline_of(parse_toml(text, source), source, "at the top");
}

Pipeline read_pipeline(const std::filesystem::path& path) {
  return parse_pipeline(read_text(path, kPipelineFileLimit, Errc::pipeline_invalid), shown(path));
}

std::string pipeline_text(const Pipeline& pipeline) {
  std::string text = fmt::format("name = {}\n", toml_string(pipeline.name()));
  if (!pipeline.description().empty())
    text += fmt::format("description = {}\n", toml_string(pipeline.description()));
  std::string_view last_slot;
  for (const StageUse& use : pipeline.stages()) {
    if (!use.slot.empty()) {
      if (use.slot != last_slot) text += slot_text(pipeline.slot(use.slot));
      text += alternative_text(use);
    }
    last_slot = use.slot;
    if (!use.slot.empty()) continue;
    text += fmt::format("\n[[stage]]\nuse = {}\n", toml_string(use.stage->name));
    if (use.optional) text += "optional = true\n";
    if (!use.on) text += "on = false\n";
    for (const Setting& setting : use.settings)
      text += setting_text(setting, setting.parameter->name);
  }
  return text;
}

}  // namespace ocrtune
