#pragma once

#include <memory>
#include <string>

#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// Tesseract in this process. Throws Error(dependency_missing) where the language's data can't be
/// loaded or doesn't serve the engine asked for. Tesseract's OpenMP threads must be held to one by
/// OMP_THREAD_LIMIT=1 in the environment from the process's start (see openmp_is_held).
std::unique_ptr<Recognizer> open_tesseract(const std::string& lang, const ReadingOptions& options);

/// True where OMP_THREAD_LIMIT=1 was set before the process began. OpenMP reads it only then.
bool openmp_is_held();

/// "5.3.0".
std::string tesseract_version();

}  // namespace ocrtune
