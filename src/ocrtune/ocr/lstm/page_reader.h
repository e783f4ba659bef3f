#pragma once

#include <atomic>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/recognizer.h"

namespace ocrtune::lstm {

/// A page read by our own reader, or why it wasn't.
struct PageReading {
  std::optional<Reading> reading;  ///< none where reading was stopped or isn't ours to do
  /// Rotated or vertical text, what couldn't be laid out as Tesseract does, or a page too large for
  /// memory: Tesseract has to read it.
  bool needs_stock = false;
};

/// Reads pages with a language's LSTM model: Tesseract finds the rows and words, the rest is ours.
/// The same words and confidences as Tesseract 5.3 gives. Not thread-safe; readers of a language
/// share its model.
class PageReader {
 public:
  /// Throws as open_lstm.
  PageReader(const std::string& lang, const ReadingOptions& options);
  ~PageReader();

  /// Reads a page of 1, 8 or 32 bit without a colour map, at its own size; noise as
  /// Recognizer::read.
  PageReading read(PIX* page, const OcrSettings& settings, const std::atomic<bool>& stop,
                   const CountPageMarks& marks = {});

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace ocrtune::lstm
