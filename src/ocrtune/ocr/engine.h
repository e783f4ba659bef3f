#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// Why an engine isn't used.
struct Refusal {
  std::string reason;     ///< one phrase
  bool expected = false;  ///< it lies in what was asked for, and is no news
};

/// An OCR engine: what it is called, what it can do, and how it is opened. Its functions are
/// thread-safe.
struct OcrEngine {
  std::string name;     ///< as `--reader` and studies have it: small letters, digits, - and _
  std::string title;    ///< in the middle of a sentence: "stock Tesseract"
  std::string summary;  ///< what it is, a phrase for the help; may be the title
  /// The engine that others are held against, and that confirms what a study found. One is.
  bool is_reference = false;
  /// Means to give the words and confidences of the reference: `auto` takes it for a language only
  /// where it reads the built-in page (self_check.h) as the reference does.
  bool repeats_reference = false;
  /// Runs its network on ReadingOptions::device where there is one.
  bool uses_reading_device = false;
  /// Why it can't read a language ("eng", "eng+fra") with these options, as far as is known without
  /// opening it.
  std::function<std::optional<Refusal>(const std::string& lang, const ReadingOptions& options)>
      refuses;
  /// Opens it for a language. Throws Error(dependency_missing) where it refuses, or its data can't
  /// be loaded.
  std::function<std::unique_ptr<Recognizer>(const std::string& lang, const ReadingOptions& options)>
      open;
};

}  // namespace ocrtune
