#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "ocrtune/ocr/engine.h"
#include "ocrtune/ocr/lexicon.h"

namespace ocrtune {

/// One worker's recognizers: at most one per language and engine, each opened at its first use and
/// kept. Settings are set before each page. Not thread-safe.
class RecognizerPool {
 public:
  explicit RecognizerPool(RecognitionOptions options) : options_(std::move(options)) {}

  /// The recognizer for images of pages in `stated` ("eng+fra") with these settings, of the engine
  /// of that name; empty: the one that the options select. Throws Error(dependency_missing) as
  /// open_engine does.
  Recognizer& get(const std::string& stated, const OcrSettings& settings,
                  const std::string& engine = "");

  /// The dictionary of a language's model.
  const Lexicon& lexicon(const std::string& lang);

 private:
  const OcrEngine& selected(const std::string& lang, const OcrSettings& settings);

  RecognitionOptions options_;
  std::map<std::pair<std::string, int>, const OcrEngine*> selected_;  ///< for a language and mode
  std::map<std::pair<std::string, const OcrEngine*>, std::unique_ptr<Recognizer>> open_;
  std::map<std::string, std::shared_ptr<const Lexicon>> lexicons_;
};

}  // namespace ocrtune
