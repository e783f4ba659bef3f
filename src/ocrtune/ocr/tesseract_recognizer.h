#pragma once

#include <memory>
#include <string>

#include "ocrtune/ocr/engine.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// Opens Tesseract in this process, once its models have been tried (sound_models.h). Throws
/// Error(dependency_missing) if the language's model cannot be loaded or does not support the
/// requested engine mode. It uses one thread at a time (base/library_threads.h).
std::unique_ptr<Recognizer> open_tesseract(const std::string& lang,
                                           const RecognitionOptions& options);

/// The same with models that may crash the process.
std::unique_ptr<Recognizer> open_untried_tesseract(const std::string& lang,
                                                   const RecognitionOptions& options);

/// "5.3.0".
std::string tesseract_version();

}  // namespace ocrtune
