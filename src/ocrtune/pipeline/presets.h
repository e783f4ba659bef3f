#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// A pipeline that comes with ocrtune.
struct Preset {
  std::string_view name;  ///< as load_pipeline() takes it
  std::string_view text;  ///< TOML, as pipeline/presets/NAME.toml
};

/// All presets, `raw` first.
const std::vector<Preset>& all_presets();

/// The preset of that name, or the pipeline in the TOML file of that path. Throws
/// Error(pipeline_invalid).
Pipeline load_pipeline(const std::string& name_or_path);

/// The pipeline without stages.
Pipeline raw_pipeline();

}  // namespace ocrtune
