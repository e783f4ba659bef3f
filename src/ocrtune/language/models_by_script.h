#pragma once

#include <string>
#include <vector>

namespace ocrtune {

/// Models of Tesseract for languages in one script.
struct ModelsOfScript {
  std::string script;               ///< of ISO 15924, such as "Latn"; Fraktur counts as Latin
  std::string usual;                ///< the model that shows whether a page is in this script
  std::vector<std::string> models;  ///< all of them, sorted
  /// Whether its signs are also those of other scripts: Chinese and Japanese.
  bool shares_signs = false;
};

/// Those of `models` that are of a language, by script: Latin first, scripts that share signs last.
/// Models of scripts, of several languages and of vertical text are left out. Pure; thread-safe.
std::vector<ModelsOfScript> models_by_script(const std::vector<std::string>& models);

}  // namespace ocrtune
