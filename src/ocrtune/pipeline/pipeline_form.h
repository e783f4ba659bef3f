#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// A pipeline in JSON, every parameter said (PipelineForm of web/src/contract/api.ts).
nlohmann::json pipeline_form(const Pipeline& pipeline);

/// The pipeline of such a form: pipeline_form gives the same form back, and pipeline_text gives
/// what parse_pipeline takes. `place` is where the form stands, in messages. Throws
/// Error(invalid_argument) or Error(pipeline_invalid), one line that names the field or the
/// parameter.
Pipeline parse_pipeline_form(const nlohmann::json& form, const std::string& place);

}  // namespace ocrtune
