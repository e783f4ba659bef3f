#include "ocrtune/cli/version.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <nlohmann/json.hpp>
#include <opencv2/core/version.hpp>

#include "ocrtune/base/data_folders.h"
#include "ocrtune/base/error.h"
#include "ocrtune/base/version.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/devices/cuda/compute_capabilities.h"
#include "ocrtune/devices/cuda/cuda_device.h"
#include "ocrtune/ocr/engines/engine_registry.h"
#include "ocrtune/ocr/languages.h"

namespace ocrtune::cli {
namespace {

using nlohmann::json;

/// Those of the installation that can be used, with their versions and models.
json engines_inside() {
  json engines = json::object();
  for (const OcrEngine& engine : all_engines()) {
    if (!is_own_engine(engine.name) || (engine.is_installed && !engine.is_installed())) continue;
    try {
      engines[engine.name] = engine.identity ? engine.identity() : "";
    } catch (const Error& error) {
      if (error.code() != Errc::dependency_missing) throw;
    }
  }
  return engines;
}

/// The models that are installed with ocrtune, as in its wheel and archive.
json models_inside() {
  for (const std::filesystem::path& folder : data_folders("tessdata")) {
    const std::vector<std::string> languages = installed_languages(folder.string());
    if (!languages.empty()) return languages;
  }
  return json::array();
}

}  // namespace

std::string version_line() { return fmt::format("ocrtune {}", program_version()); }

json libraries_json(const std::vector<ParserLibrary>& libraries) {
  json versions = json::object();
  for (const auto& [name, version] : libraries) versions[name] = version;
  return versions;
}

std::string version_json() {
  // Libraries that are missing are doctor's to tell.
  std::vector<std::string> missing;
  json libraries = libraries_json(parser_libraries(missing));
  libraries["OpenCV"] = CV_VERSION;
  libraries["SQLite"] = sqlite3_libversion();
  std::string text =
      json_text({{"version", program_version()},
                 {"libraries", libraries},
                 {"engines", engines_inside()},
                 {"models", models_inside()},
                 {"compute_capabilities", compute_capabilities(cuda_architectures())}});
  text.pop_back();  // the parser of the command line ends the line
  return text;
}

}  // namespace ocrtune::cli
