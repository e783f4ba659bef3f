#pragma once

#include <memory>
#include <string>

#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// Tesseract in this process. Throws Error(dependency_missing) where the language's data can't be
/// loaded or doesn't serve the engine asked for. It has one thread at a time
/// (base/library_threads.h).
std::unique_ptr<Recognizer> open_tesseract(const std::string& lang, const ReadingOptions& options);

/// "5.3.0".
std::string tesseract_version();

}  // namespace ocrtune
