#pragma once

#include <nlohmann/json.hpp>

#include "ocrtune/parsers/program/answers.h"

namespace ocrtune {

/// Opens the models that a request names in Tesseract and recognizes the built-in page with them
/// (ocr/sound_models.h). Throws Error(dependency_missing) if Tesseract cannot open them.
nlohmann::json try_models(const ParserRequest& request);

}  // namespace ocrtune
