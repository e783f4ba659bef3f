#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::server {

Pipeline parse_pipeline_form(const nlohmann::json& form, const std::string& place);
nlohmann::json pipeline_form(const Pipeline& pipeline);

}  // namespace ocrtune::server
