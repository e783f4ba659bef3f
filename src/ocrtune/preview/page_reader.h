#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/evaluator/page_ink.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer_pool.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// What was read of an image of a page.
struct ImageReading {
  Reading reading;
  PageScores scores;
  double read_ms = 0;
};

/// Reads images with what the command takes where nothing is said. Recognizers are opened once and
/// kept, as many as read at once. Thread-safe.
class PageReader {
 public:
  /// Reads, with these settings, an image that was made of the page, whose ink is `ink`. Nothing
  /// where `stop` became true. Throws Error(dependency_missing) where the page's language can't be
  /// had.
  std::optional<ImageReading> read(const Page& page, const Image& image,
                                   const OcrSettings& settings, const std::atomic<bool>& stop,
                                   PageInk& ink);

  /// What besides its image the reading of a page depends on: reader, models, language, truth.
  std::string identity(const Page& page);

 private:
  /// A pool of recognizers for one thread, which comes back when nobody has it any longer.
  std::shared_ptr<RecognizerPool> lend();

  std::mutex mutex_;
  std::vector<std::unique_ptr<RecognizerPool>> free_;
  std::map<std::string, std::string> identities_;  // of languages
};

/// PageReading of web/src/contract/api.ts.
nlohmann::json page_reading_json(const Page& page, const ImageReading& read, double preprocess_ms);

}  // namespace ocrtune
