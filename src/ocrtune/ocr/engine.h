#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// Why an engine is not used.
struct Refusal {
  std::string reason;     ///< one phrase
  bool expected = false;  ///< the reason is in the request itself; no warning is needed
};

/// An OCR engine: its names, its capabilities, and how it is opened. Its functions are thread-safe.
struct OcrEngine {
  std::string name;     ///< in `--engine` and in studies: small letters, digits, - and _
  std::string title;    ///< as in the middle of a sentence: "Tesseract"
  std::string summary;  ///< a phrase for the help; may be the title
  /// Whether `auto` may select it.
  bool automatic = true;
  /// The reference engine, with which others are compared and which confirms the results of a
  /// study. There is exactly one.
  bool is_reference = false;
  /// Whether it is meant to return the words and confidences of the reference: `auto` selects it
  /// for a language only if its OCR result of the built-in page (self_check.h) equals the
  /// reference's.
  bool repeats_reference = false;
  /// Whether it recognizes with Tesseract's models, those of RecognitionOptions::tessdata.
  [[nodiscard]] bool has_tesseract_models() const { return is_reference || repeats_reference; }
  /// Whether it runs its network on RecognitionOptions::device if there is one.
  bool uses_ocr_device = false;
  /// Why it cannot recognize a language ("eng", "eng+fra") with these options, as far as is known
  /// without opening it.
  std::function<std::optional<Refusal>(const std::string& lang, const RecognitionOptions& options)>
      refuses;
  /// Opens it for a language. Throws Error(dependency_missing) if it refuses, or its data cannot be
  /// loaded.
  std::function<std::unique_ptr<Recognizer>(const std::string& lang,
                                            const RecognitionOptions& options)>
      open;
  /// Opens it for another language beside a recognizer that `open` gave to the same thread, so that
  /// they share what takes memory. Unset: each language has its own. Throws as `open`.
  std::function<std::unique_ptr<Recognizer>(const Recognizer& opened, const std::string& lang)>
      open_beside = {};
  /// Its version and models, as far as they do not follow from ocrtune's and Tesseract's; studies
  /// contain it. Unset: they follow. Throws Error(dependency_missing) if it cannot be started.
  std::function<std::string()> identity = {};
  /// Why it does not accept a value of one of its options, as text; empty: it does. Unset: it has
  /// no options. Throws Error(dependency_missing) if it cannot be started.
  std::function<std::string(const std::string& option, const std::string& value)> refuses_value =
      {};
  /// Memory of one open recognizer that a page does not need with Tesseract, MB.
  int memory_mb = 0;
  /// Whether its files are there, without a look into them. Unset: they are.
  std::function<bool()> is_installed = {};
};

/// Whether the name is valid for an engine, as options and studies contain it verbatim.
bool can_name_engine(std::string_view name);

/// Why a folder's name is not valid for an engine, in the language of messages.
std::string refusal_of_engine_name();

}  // namespace ocrtune
