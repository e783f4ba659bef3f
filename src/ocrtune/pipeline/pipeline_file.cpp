#include "ocrtune/pipeline/pipeline_file.h"

#include <fmt/format.h>

#include "ocrtune/base/error.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/ocr_toml.h"
#include "ocrtune/pipeline/pipeline_toml.h"
#include "ocrtune/pipeline/setting_toml.h"

namespace ocrtune {
namespace {

std::string slot_text(const Slot& slot) {
  return fmt::format("\n[[stage]]\none_of = [{}]\nas = {}\ninitial = {}\n",
                     joined_strings(slot.choices), toml_string(slot.name),
                     toml_string(slot.choices[slot.chosen]));
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
  const toml::table root = parse_pipeline_toml(text, source);
  if (const toml::node* choice = root.get("choice"))
    fail_at(*choice, source,
            tr("this is a recipe, and a pipeline is needed, which has [[stage]] sections; "
               "`apply --recipe` takes a recipe"));
  if (const toml::node* part = root.get("pipeline"); part != nullptr && !root.contains("stage"))
    fail_at(*part, source,
            tr("this is a portfolio, and a pipeline is needed, which has [[stage]] sections; "
               "`apply --portfolio` takes a portfolio"));
  return pipeline_of(root, source, tr("at the top level"));
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
  text += ocr_text(pipeline.ocr());
  return text;
}

}  // namespace ocrtune
