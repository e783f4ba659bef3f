#include "ocrtune/server/pipeline_form.h"

#include "ocrtune/pipeline/pipeline_file.h"

namespace ocrtune::server {

Pipeline parse_pipeline_form(const nlohmann::json& form, const std::string& place) {
  return parse_pipeline(form.value("toml", ""), place);
}

nlohmann::json pipeline_form(const Pipeline& pipeline) {
  return {{"toml", pipeline_text(pipeline)}};
}

}  // namespace ocrtune::server
