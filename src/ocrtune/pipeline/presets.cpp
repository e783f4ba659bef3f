#include "ocrtune/pipeline/presets.h"

#include <fmt/format.h>

#include <filesystem>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/pipeline/built_in_texts.h"
#include "ocrtune/pipeline/pipeline_file.h"

namespace ocrtune {

/// pipeline/presets/*.toml, `raw` first.
const std::vector<EmbeddedFile>& preset_files();

const std::vector<Preset>& all_presets() {
  static const auto kPresets = named_texts<Preset>(preset_files());
  return kPresets;
}

Pipeline load_pipeline(const std::string& name_or_path) {
  std::vector<std::string> names;
  for (const Preset& preset : all_presets()) {
    if (preset.name == name_or_path) return parse_pipeline(preset.text, preset.name);
    names.emplace_back(preset.name);
  }
  std::error_code ignored;
  if (std::filesystem::exists(name_or_path, ignored)) return read_pipeline(name_or_path);
  throw Error(Errc::pipeline_invalid,
              tr("pipeline `{}`: neither a file nor a preset{}; presets: {}",
                 quotable(name_or_path), did_you_mean(name_or_path, names), joined(names)));
}

Pipeline raw_pipeline() { return load_pipeline("raw"); }

}  // namespace ocrtune
