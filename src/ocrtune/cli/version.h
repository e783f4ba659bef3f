#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/cli/known_faults.h"

namespace ocrtune::cli {

/// "ocrtune 0.1.0".
std::string version_line();

/// What `--version --json` prints: the version, those of the libraries as they are loaded, and
/// the engines and models that the installation brings.
std::string version_json();

/// Versions by name; empty ones are unknown.
nlohmann::json libraries_json(const std::vector<ParserLibrary>& libraries);

}  // namespace ocrtune::cli
