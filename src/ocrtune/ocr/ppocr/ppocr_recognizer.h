#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ocrtune/ocr/engine.h"

namespace ocrtune::ppocr {

/// Why the engine cannot be used for a language. Thread-safe.
std::optional<Refusal> refusal(const std::string& lang, const RecognitionOptions& options);

/// Opens the engine for a language. Throws Error(dependency_missing).
std::unique_ptr<Recognizer> open(const std::string& lang, const RecognitionOptions& options);

/// Its runtime, and the files of the default model and of further_models(). Throws
/// Error(dependency_missing).
std::string identity();

/// Why the engine does not accept a value of an option; empty if it does. Throws
/// Error(dependency_missing) if the engine is not installed.
std::string refuses_value(const std::string& option, const std::string& value);

}  // namespace ocrtune::ppocr
