#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include "ocrtune/ocr/lexicon.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune {

/// One worker's recognizers, one a language and page segmentation mode, each opened at its first
/// use and kept. Not thread-safe.
class RecognizerPool {
 public:
  explicit RecognizerPool(ReadingOptions options) : options_(std::move(options)) {}

  /// For images that state this mode (Image::psm). Throws Error(dependency_missing) as open_reader
  /// does.
  Recognizer& get(const std::string& lang, int psm);

  /// The words of a language's data.
  const Lexicon& lexicon(const std::string& lang);

 private:
  ReadingOptions options_;
  std::map<std::pair<std::string, int>, std::unique_ptr<Recognizer>> open_;
  std::map<std::string, std::shared_ptr<const Lexicon>> lexicons_;
};

}  // namespace ocrtune
