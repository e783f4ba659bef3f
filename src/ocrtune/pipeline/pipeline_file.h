#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// Reads a pipeline in TOML (docs/reference/pipelines.md). `source` names it in messages. Throws
/// Error(pipeline_invalid) with one line: source, line, what is wrong, what is allowed.
Pipeline parse_pipeline(std::string_view text, std::string_view source);

/// The same from a file of at most 1 MB.
Pipeline read_pipeline(const std::filesystem::path& path);

/// The pipeline in TOML; parse_pipeline gives the same pipeline back. Equal pipelines give equal
/// text.
std::string pipeline_text(const Pipeline& pipeline);

}  // namespace ocrtune
