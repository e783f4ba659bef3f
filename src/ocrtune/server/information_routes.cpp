#include <fmt/format.h>

#include <algorithm>

#include "ocrtune/analysis/json_parts.h"
#include "ocrtune/base/json_fields.h"
#include "ocrtune/base/resources.h"
#include "ocrtune/base/version.h"
#include "ocrtune/devices/devices.h"
#include "ocrtune/metrics/score.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/model_names.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/pipeline/pipeline_form.h"
#include "ocrtune/pipeline/presets.h"
#include "ocrtune/search/samplers/registry.h"
#include "ocrtune/server/embedded_files.h"
#include "ocrtune/server/folders.h"
#include "ocrtune/server/routes.h"
#include "ocrtune/server/run_request.h"
#include "ocrtune/stages/registry.h"

namespace ocrtune::server {

using nlohmann::json;

namespace {

/// Maximum size of a pipeline in TOML, in bytes.
constexpr std::size_t kMaxToml = std::size_t{256} * 1024;

/// Models of languages that Debian has and this machine lacks.
json missing_languages(const std::vector<std::string>& installed) {
  json missing = json::array();
  for (const std::string& model : packaged_models()) {
    if (model.starts_with("script/") || std::ranges::find(installed, model) != installed.end())
      continue;
    missing.push_back({{"name", model}, {"how_to_get", how_to_get_model(model)}});
  }
  return missing;
}

json server_info(const ServerContext& context) {
  const std::vector<std::string> languages = installed_languages(tessdata_folder(""));
  json roots = json::array();
  for (const auto& root : context.roots.all()) roots.push_back(root.string());
  return {{"version", program_version()},
          {"program", "ocrtune"},
          {"folder", context.folder().string()},
          {"roots", roots},
          {"cores", machine_resources().logical_cores},
          {"languages", languages},
          {"missing_languages", missing_languages(languages)},
          {"uploads", upload_extensions()}};
}

json stage_parameter(const Parameter& p) {
  return {{"name", p.name},       {"type", type_word(p.type)},
          {"low", p.low},         {"high", p.high},
          {"initial", p.initial}, {"min", p.min},
          {"max", p.max},         {"unit", p.unit},
          {"help", p.help},       {"log", p.log},
          {"choices", p.choices}};
}

std::string_view page_of(const std::vector<EmbeddedFile>& pages, const std::string& path) {
  const auto found = std::ranges::find(pages, path, &EmbeddedFile::path);
  return found == pages.end() ? std::string_view() : found->bytes;
}

/// A page of docs/ in each language.
json documentation(const std::string& path) {
  return {{"en", page_of(documents(), path)}, {"fr", page_of(french_documents(), path)}};
}

json stages() {
  json list = json::array();
  for (const Stage& stage : all_stages()) {
    json parameters = json::array();
    for (const Parameter& parameter : stage.parameters) {
      parameters.push_back(stage_parameter(parameter));
    }
    list.push_back({{"name", stage.name},
                    {"summary", stage.summary},
                    {"doc", documentation(fmt::format("reference/stages/{}.md", stage.name))},
                    {"cites", stage.cites},
                    {"wants_colour", stage.wants_colour},
                    {"gives_colour", stage.gives_colour},
                    {"parameters", parameters}});
  }
  return list;
}

json ocr() {
  json parameters = json::array();
  for (const Parameter& parameter : ocr_parameters())
    parameters.push_back(stage_parameter(parameter));
  return {{"summary", kOcrSummary},
          {"doc", documentation("reference/ocr_settings.md")},
          {"parameters", parameters}};
}

json engines() {
  json list = json::array();
  for (const OcrEngine& engine : all_engines()) {
    list.push_back({{"name", engine.name},
                    {"title", engine.title},
                    {"summary", engine.summary},
                    {"automatic", engine.automatic}});
  }
  return list;
}

json presets() {
  json list = json::array();
  for (const Preset& preset : all_presets()) {
    const Pipeline pipeline = parse_pipeline(preset.text, preset.name);
    list.push_back(
        {{"name", preset.name}, {"description", pipeline.description()}, {"toml", preset.text}});
  }
  return list;
}

json samplers() {
  json list = json::array();
  for (const SamplerKind& kind : all_samplers()) {
    list.push_back({{"name", kind.name},
                    {"summary", kind.summary},
                    {"good_for", kind.good_for},
                    {"cost", kind.cost},
                    {"several_objectives", kind.several_objectives}});
  }
  return list;
}

json objectives() {
  json list = json::array();
  for (const Score score : all_scores()) list.push_back(score_json(score));
  return list;
}

Response parsed_pipeline(const Request& request) {
  JsonFields fields(request.json, "");
  const std::string toml = fields.text("toml", kMaxToml);
  fields.finish();
  return json_response(pipeline_form(parse_pipeline(toml, "pipeline")));
}

Response text_of_pipeline(const Request& request) {
  JsonFields fields(request.json, "");
  const Pipeline pipeline = parse_pipeline_form(fields.object("pipeline"), "pipeline");
  fields.finish();
  return json_response({{"toml", pipeline_text(pipeline)}});
}

}  // namespace

void add_information_routes(Router& router, const Services& services) {
  const ServerContext& context = services.context;
  router.add("GET", "/api/server",
             [&context](const Request&) { return json_response(server_info(context)); });
  router.add("GET", "/api/stages", [](const Request&) { return json_response(stages()); });
  router.add("GET", "/api/ocr", [](const Request&) { return json_response(ocr()); });
  router.add("GET", "/api/engines", [](const Request&) { return json_response(engines()); });
  router.add("GET", "/api/presets", [](const Request&) { return json_response(presets()); });
  router.add("GET", "/api/samplers", [](const Request&) { return json_response(samplers()); });
  router.add("GET", "/api/methods", [](const Request&) { return json_response(methods_json()); });
  router.add("GET", "/api/objectives", [](const Request&) { return json_response(objectives()); });
  router.add("GET", "/api/devices",
             [](const Request&) { return json_response(devices_json(devices())); });
  router.add_json("POST", "/api/pipelines/parse", parsed_pipeline);
  router.add_json("POST", "/api/pipelines/text", text_of_pipeline);
}

}  // namespace ocrtune::server
