#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// "auto", "lstm", "tesseract".
std::string_view reader_name(Reader reader);
/// Throws Error(invalid_argument) for another name.
Reader reader_named(std::string_view name);

/// Which reader `auto` takes for a language, and why.
struct ReaderChoice {
  Reader reader = Reader::tesseract;  ///< never automatic
  std::string reason;                 ///< why stock Tesseract: one phrase; empty where it isn't
  bool plain = false;                 ///< the reason lies in what was asked for, and is no news
};

using OpenRecognizer = std::function<std::unique_ptr<Recognizer>()>;

/// Our own reader where it opens and reads the built-in page (self_check.h) as stock Tesseract
/// does, else stock Tesseract. Throws what `stock` throws.
ReaderChoice choose_reader(const OpenRecognizer& ours, const OpenRecognizer& stock);

/// What `auto` takes here for `lang` with these options, whatever `options.reader` is. Worked out
/// once a process for each language, folder and page segmentation mode. Thread-safe. Throws
/// Error(dependency_missing) where stock Tesseract can't be opened.
ReaderChoice choose_reader(const std::string& lang, const ReadingOptions& options);

/// The reader for a language that `options` settle, or state, or that `auto` takes: never
/// automatic. Throws as choose_reader.
Reader settled_reader(const std::string& lang, const ReadingOptions& options);

/// Opens the reader for a language that `options` settle, or state, or that `auto` takes. Throws
/// Error(dependency_missing) where it can't be had.
std::unique_ptr<Recognizer> open_reader(const std::string& lang, const ReadingOptions& options);

/// One text for the readers of several languages: "lstm" where all have it, else
/// "ara=tesseract eng=lstm".
std::string readers_text(const Readers& readers);

/// The reader of each of `languages` that such a text states. Throws Error(study_error) where it is
/// none, or leaves one out.
Readers readers_of(const std::string& text, const std::vector<std::string>& languages);

}  // namespace ocrtune
