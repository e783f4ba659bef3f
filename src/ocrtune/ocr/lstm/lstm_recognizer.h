#pragma once

#include <memory>
#include <optional>
#include <string>

#include "ocrtune/ocr/engine.h"

namespace ocrtune {

/// Why our own reader isn't for a language with these options, as OcrEngine::refuses.
std::optional<Refusal> lstm_refuses(const std::string& lang, const ReadingOptions& options);

/// Our own reader of Tesseract's models: Tesseract lays the page out, the rest is done here.
/// Readers of one language share one read-only model. Throws Error(dependency_missing) where the
/// language's data can't be loaded, and where it or the options ask for what this reader doesn't do
/// (several languages, right-to-left or vertical script, an engine mode other than LSTM).
std::unique_ptr<Recognizer> open_lstm(const std::string& lang, const ReadingOptions& options);

}  // namespace ocrtune
