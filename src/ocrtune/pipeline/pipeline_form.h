#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {

/// A pipeline in JSON with every parameter (pipeline_form of api.schema.json).
nlohmann::json pipeline_form(const Pipeline& pipeline);

/// The pipeline of such a form: pipeline_form gives the same form back, and parse_pipeline accepts
/// its pipeline_text. `place` is the path of the form, for messages. Throws Error(invalid_argument)
/// or Error(pipeline_invalid), one line that names the field or the parameter.
Pipeline parse_pipeline_form(const nlohmann::json& form, const std::string& place);

}  // namespace ocrtune
