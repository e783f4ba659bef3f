#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/page_reasons.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/execution/page_ink.h"
#include "ocrtune/ocr/engines/recognizer_pool.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// OCR result of an image of a page, with its scores.
struct ScoredOcrResult {
  OcrResult ocr_result;
  PageScores scores;
  double expected_cer = 0;               ///< a fraction, see expected_cer_of()
  std::vector<PageReason> reasons = {};  ///< why the text is doubtful; of original pages alone
  double read_ms = 0;
  std::string engine = {};  ///< its name
};

/// Runs OCR with the command's default options. Recognizers are opened once and kept, as many as
/// run at the same time. Thread-safe.
class PageRecognizer {
 public:
  /// Runs OCR with these settings on an image that was made from the page; `ink` is the page's ink.
  /// `engine` is as RecognitionOptions::engine. Nothing if `stop` became true. Throws
  /// Error(invalid_argument) for an unknown engine, Error(dependency_missing) if it or the page's
  /// language is not available, EngineFailure if it fails.
  std::optional<ScoredOcrResult> read(const Page& page, const Image& image,
                                      const OcrSettings& settings, const std::string& engine,
                                      const std::atomic<bool>& stop, PageInk& ink);

  /// Identifies all that the OCR result of a page by the automatic engine depends on except its
  /// image: engine, models, language, ground truth.
  std::string identity(const Page& page);

 private:
  /// A pool of recognizers for one thread, which is returned when its last owner releases it.
  std::shared_ptr<RecognizerPool> lend(const std::string& engine);

  std::mutex mutex_;
  std::map<std::string, std::vector<std::unique_ptr<RecognizerPool>>> free_;  // of engines
  std::map<std::string, std::string> identities_;                             // of languages
};

/// Nothing is wrong on a blank page, whatever was recognized of it. `original` is the page with its
/// colours.
void expect_nothing_if_blank(ScoredOcrResult& read, const Image& original);

/// page_ocr_result of api.schema.json.
nlohmann::json page_ocr_result_json(const Page& page, const ScoredOcrResult& read,
                                    double preprocess_ms);

}  // namespace ocrtune
