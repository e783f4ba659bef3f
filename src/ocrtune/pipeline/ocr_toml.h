#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/pipeline/ocr_parameters.h"
#include "ocrtune/pipeline/pipeline_toml.h"

namespace ocrtune {

/// Reads an [ocr] table. Throws Error(pipeline_invalid): source, line, what is wrong, what is
/// allowed.
std::vector<OcrUse> read_ocr(const toml::node& node, std::string_view source);

/// The table that read_ocr reads, without settings that can have no effect; empty if nothing is
/// set.
std::string ocr_text(const std::vector<OcrUse>& uses);

}  // namespace ocrtune
