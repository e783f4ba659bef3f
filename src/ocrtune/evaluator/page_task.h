#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// One worker's recognizers, one a language, each opened at its first use and kept. Not
/// thread-safe.
class RecognizerPool {
 public:
  explicit RecognizerPool(ReadingOptions options) : options_(std::move(options)) {}

  /// Throws Error(dependency_missing) as open_tesseract does.
  Recognizer& get(const std::string& lang);

 private:
  ReadingOptions options_;
  std::map<std::string, std::unique_ptr<Recognizer>> open_;
};

/// Preprocesses, measures and reads one page. `pipeline` has every parameter fixed. A pipeline that
/// can't run on this page is a result with a failure and the worst scores; a page that can't be
/// loaded any more is an Error. Nothing where `stop` became true meanwhile.
std::optional<PageResult> evaluate_page(const Corpus& corpus, std::size_t page,
                                        const Pipeline& pipeline, RecognizerPool& recognizers,
                                        const std::atomic<bool>& stop);

}  // namespace ocrtune
