#pragma once

#include <string>

#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// Makes sure that Tesseract can open and use the models of a language without crashing: a process
/// of its own tries it on the built-in page, once for each state of the files
/// (sound_models.json in cache_folder()). Those that the system installed, below /usr, are not
/// tried. Throws as require_languages(), and Error(dependency_missing). Thread-safe.
void require_sound_models(const std::string& lang, const RecognitionOptions& options);

}  // namespace ocrtune
