#include <algorithm>

#include "ocrtune/base/resources.h"
#include "ocrtune/base/version.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/server/routes.h"

namespace ocrtune::server {

using nlohmann::json;

namespace {

json server_info(const ServerContext& context) {
  json roots = json::array();
  for (const auto& root : context.roots.all()) roots.push_back(root.string());
  return {{"version", program_version()},
          {"program", "ocrtune"},
          {"folder", context.folder().string()},
          {"roots", roots},
          {"cores", machine_resources().logical_cores},
          {"languages", installed_languages(tessdata_folder(""))}};
}

}  // namespace

void add_information_routes(Router& router, const ServerContext& context) {
  router.add("GET", "/api/server",
             [&context](const Request&) { return json_response(server_info(context)); });
}

}  // namespace ocrtune::server
