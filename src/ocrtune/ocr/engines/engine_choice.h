#pragma once

#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ocrtune/ocr/engine.h"

namespace ocrtune {

/// The engine that `auto` selects for a language, and why.
struct EngineChoice {
  std::string engine;  ///< its name
  std::string reason;  ///< why no earlier engine of the registry: one phrase; empty if it is the
                       ///< first
  bool plain = false;  ///< the reason is in the request itself; no warning is needed
};

/// When self-checks (self_check.h) are made.
enum class SelfChecks {
  once,           ///< not if this user's cache folder says that it passed (self_check_key.h)
  every_process,  ///< whatever it says
};

/// Why `engine` is not used for `lang` with these options: it refuses, or it has to repeat the
/// reference but cannot be opened or its OCR result of the built-in page (self_check.h) differs.
/// Throws what opening `reference` throws.
std::optional<Refusal> refusal_of(const OcrEngine& engine, const OcrEngine& reference,
                                  const std::string& lang, const RecognitionOptions& options);

/// refusal_of() against the registry's reference, computed once per process for each engine,
/// language, folder, page segmentation mode and engine mode. Thread-safe.
std::optional<Refusal> refusal_of(const OcrEngine& engine, const std::string& lang,
                                  const RecognitionOptions& options,
                                  SelfChecks checks = SelfChecks::once);

/// The engine that `auto` selects for `lang` with these options, whatever `options.engine` is: the
/// first automatic engine of the registry without a refusal_of(); if there is none, the reference,
/// which reports the reason when it is opened. Thread-safe. Throws Error(dependency_missing) if an
/// engine has to be compared with the reference and that cannot be opened.
EngineChoice choose_engine(const std::string& lang, const RecognitionOptions& options,
                           SelfChecks checks = SelfChecks::once);

/// The engine for a language that `options` select, name, or leave to `auto`. Throws as
/// choose_engine and engine_named.
const OcrEngine& selected_engine(const std::string& lang, const RecognitionOptions& options);

/// Opens the engine for a language that `options` select, name, or leave to `auto`. Throws
/// Error(dependency_missing) if it is not available.
std::unique_ptr<Recognizer> open_engine(const std::string& lang, const RecognitionOptions& options);

/// One text for the engines of several languages: "lstm" if all have it, else "ara=tesseract
/// eng=lstm".
std::string engines_text(const LanguageEngines& engines);

/// The inverse of engines_text() for `languages`. Throws Error(study_error) if the text is
/// malformed, leaves a language out, or names an engine that is not in the registry.
LanguageEngines engines_of(const std::string& text, const std::vector<std::string>& languages);

/// Whether an engine in such a text repeats the reference: then the reference confirms its results.
bool repeats_reference(const std::string& text);

/// The engines that confirm the results of these: the reference instead of one that repeats it.
LanguageEngines confirming_engines(LanguageEngines engines);

/// The names of the engines of all languages.
std::set<std::string> names_of(const LanguageEngines& engines);

/// The versions and models of the engines of these names that state them: "ppocr PP-OCRv6 (4f8f)";
/// empty if none does. Throws Error(dependency_missing) if an engine cannot be started.
std::string engine_identities(const std::set<std::string>& names);

/// The titles of these engines: "ocrtune's LSTM engine and Tesseract".
std::string engines_title(const LanguageEngines& engines);

/// The titles of the engines in such a text, without the reference.
std::string other_engines_title(const std::string& text);

}  // namespace ocrtune
