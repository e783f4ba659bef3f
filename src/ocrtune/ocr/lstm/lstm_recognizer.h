#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ocrtune/ocr/engine.h"

namespace ocrtune {

/// Why the `lstm` engine does not support a language with these options, as OcrEngine::refuses.
std::optional<Refusal> lstm_refuses(const std::string& lang, const RecognitionOptions& options);

/// The `lstm` engine for Tesseract's models: Tesseract does the layout analysis, the rest is done
/// here. Recognizers of one language share one read-only model. Throws Error(dependency_missing) if
/// the language's model cannot be loaded, or if it or the options require what this engine does not
/// support (vertical script, an engine mode other than LSTM).
std::unique_ptr<Recognizer> open_lstm(const std::string& lang, const RecognitionOptions& options);

}  // namespace ocrtune
