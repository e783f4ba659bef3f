#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "ocrtune/ocr/engine.h"
#include "ocrtune/ocr/lexicon.h"

namespace ocrtune {

/// One worker's recognizers: at most one a language and engine, each opened at its first use and
/// kept. Settings are set before each page. Not thread-safe.
class RecognizerPool {
 public:
  explicit RecognizerPool(ReadingOptions options) : options_(std::move(options)) {}

  /// For images of pages in `stated` ("eng+fra") that are read with these settings. Throws
  /// Error(dependency_missing) as open_reader does.
  Recognizer& get(const std::string& stated, const OcrSettings& settings);

  /// The words of a language's data.
  const Lexicon& lexicon(const std::string& lang);

 private:
  ReadingOptions options_;
  std::map<std::pair<std::string, int>, const OcrEngine*> settled_;  ///< for a language and mode
  std::map<std::pair<std::string, const OcrEngine*>, std::unique_ptr<Recognizer>> open_;
  std::map<std::string, std::shared_ptr<const Lexicon>> lexicons_;
};

}  // namespace ocrtune
