#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::server {

/// A pipeline as the page shows it (PipelineForm of the API).
nlohmann::json pipeline_form(const Pipeline& pipeline);

/// The pipeline of such a form: pipeline_form gives the same form back, and pipeline_text gives
/// what parse_pipeline takes. `place` is where the form stands, in messages. Throws HttpError(400)
/// or Error(pipeline_invalid), one line that names the field or the parameter.
Pipeline parse_pipeline_form(const nlohmann::json& form, const std::string& place);

}  // namespace ocrtune::server
