#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune::lstm {

/// The result of the `lstm` engine for a page, or why there is none.
struct PageRecognition {
  std::optional<OcrResult> ocr_result;  ///< none if recognition was stopped or is left to Tesseract
  /// Tesseract has to recognize the page: rotated or vertical text, a layout that could not be
  /// reproduced, or a page too large for memory.
  bool needs_stock = false;
};

/// Recognizes pages with a language's LSTM model: Tesseract finds the rows and words, the rest is
/// done here. Gives the same words and confidences as Tesseract 5.3. Not thread-safe; instances for
/// a language share its model.
class PageRecognizer {
 public:
  /// Throws as open_lstm.
  PageRecognizer(const std::string& lang, const RecognitionOptions& options);
  ~PageRecognizer();

  /// Recognizes a page of 1, 8 or 32 bit without a colour map, at its own size; noise as
  /// Recognizer::read.
  PageRecognition read(PIX* page, const OcrSettings& settings, const std::atomic<bool>& stop,
                       const CountPageMarks& marks = {});

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ocrtune::lstm
