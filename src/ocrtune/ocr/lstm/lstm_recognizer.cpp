#include "ocrtune/ocr/lstm/lstm_recognizer.h"

#include <fmt/format.h>

#include <utility>

#include "ocrtune/base/translation.h"
#include "ocrtune/documents/scale_boxes.h"
#include "ocrtune/ocr/lstm/page_recognizer.h"
#include "ocrtune/ocr/tesseract_recognizer.h"

namespace ocrtune {
namespace {

class LstmRecognizer final : public Recognizer {
 public:
  LstmRecognizer(std::string lang, const RecognitionOptions& options)
      : lang_(std::move(lang)), options_(options), reader_(lang_, options) {}

  using Recognizer::read;

  std::optional<OcrResult> read(const Image& image, const OcrSettings& settings,
                                const std::atomic<bool>& stop,
                                const CountPageMarks& page) override {
    const Image copy = ocr_result_copy(image, options_.max_width);
    const PixPtr pixels = to_pix(copy.gray);
    if (!pixels) return stock().read(image, settings, stop, page);
    lstm::PageRecognition read = reader_.read(
        pixels.get(), settings_of_copy(settings, image, copy, options_.psm), stop, page);
    if (read.needs_stock) return stock().read(image, settings, stop, page);
    if (read.ocr_result && copy.gray.cols != image.gray.cols)
      scale_boxes(*read.ocr_result, image.gray.size());
    return std::move(read.ocr_result);
  }

 private:
  Recognizer& stock() {
    if (!stock_) stock_ = open_tesseract(lang_, options_);
    return *stock_;
  }

  std::string lang_;
  RecognitionOptions options_;
  lstm::PageRecognizer reader_;
  std::unique_ptr<Recognizer> stock_;
};

constexpr int kLstmEngineMode = 1;

}  // namespace

std::optional<Refusal> lstm_refuses(const std::string&, const RecognitionOptions& options) {
  if (options.oem != kLstmEngineMode)
    return Refusal{.reason = tr("engine mode {}", options.oem), .expected = true};
  return std::nullopt;
}

std::unique_ptr<Recognizer> open_lstm(const std::string& lang, const RecognitionOptions& options) {
  return std::make_unique<LstmRecognizer>(lang, options);
}

}  // namespace ocrtune
