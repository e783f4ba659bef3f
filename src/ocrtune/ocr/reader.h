#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/ocr/engine.h"

namespace ocrtune {

/// Which engine `auto` takes for a language, and why.
struct ReaderChoice {
  std::string reader;  ///< its name
  std::string reason;  ///< why none before it in the registry: one phrase; empty where it is first
  bool plain = false;  ///< the reason lies in what was asked for, and is no news
};

/// Why `engine` isn't to be used for `lang` with these options: it refuses, or has to repeat the
/// reference and can't be opened or reads the built-in page (self_check.h) otherwise. Throws what
/// opening `reference` throws.
std::optional<Refusal> refusal_of(const OcrEngine& engine, const OcrEngine& reference,
                                  const std::string& lang, const ReadingOptions& options);

/// refusal_of() against the registry's reference, worked out once a process for each engine,
/// language, folder, page segmentation mode and engine mode. Thread-safe.
std::optional<Refusal> refusal_of(const OcrEngine& engine, const std::string& lang,
                                  const ReadingOptions& options);

/// What `auto` takes here for `lang` with these options, whatever `options.reader` is: the first
/// engine of the registry that refusal_of() has nothing against; where there is none, the
/// reference, whose opening says why. Thread-safe. Throws Error(dependency_missing) where an engine
/// has to be held against the reference, which can't be opened.
ReaderChoice choose_reader(const std::string& lang, const ReadingOptions& options);

/// The engine for a language that `options` settle, or state, or that `auto` takes. Throws as
/// choose_reader and engine_named.
const OcrEngine& settled_reader(const std::string& lang, const ReadingOptions& options);

/// Opens the engine for a language that `options` settle, or state, or that `auto` takes. Throws
/// Error(dependency_missing) where it can't be had.
std::unique_ptr<Recognizer> open_reader(const std::string& lang, const ReadingOptions& options);

/// One text for the readers of several languages: "lstm" where all have it, else
/// "ara=tesseract eng=lstm".
std::string readers_text(const Readers& readers);

/// The reader of each of `languages` that such a text states. Throws Error(study_error) where it is
/// none, leaves one out, or names an engine that isn't in the registry.
Readers readers_of(const std::string& text, const std::vector<std::string>& languages);

/// Whether such a text is of the reference alone.
bool is_of_reference(const std::string& text);

/// The titles of the engines that read: "ocrtune's own reader and stock Tesseract".
std::string readers_title(const Readers& readers);

/// The titles of the engines in such a text, less the reference.
std::string other_readers_title(const std::string& text);

}  // namespace ocrtune
