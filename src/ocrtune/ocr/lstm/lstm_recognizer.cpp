#include "ocrtune/ocr/lstm/lstm_recognizer.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "ocrtune/ocr/lstm/page_reader.h"
#include "ocrtune/ocr/scale_boxes.h"
#include "ocrtune/ocr/tesseract_recognizer.h"

namespace ocrtune {
namespace {

/// A gray page as Leptonica has it.
lstm::PixPtr to_pix(const cv::Mat& gray) {
  lstm::PixPtr pix(pixCreate(gray.cols, gray.rows, 8));
  if (!pix) return pix;
  for (int y = 0; y < gray.rows; ++y) {
    l_uint32* row = pixGetData(pix.get()) + static_cast<std::ptrdiff_t>(y) * pixGetWpl(pix.get());
    std::memcpy(row, gray.ptr(y), static_cast<std::size_t>(gray.cols));
  }
  pixEndianByteSwap(pix.get());
  return pix;
}

class LstmRecognizer final : public Recognizer {
 public:
  LstmRecognizer(std::string lang, const ReadingOptions& options)
      : lang_(std::move(lang)), options_(options), reader_(lang_, options) {}

  std::optional<Reading> read(const Image& image, const std::atomic<bool>& stop) override {
    const Image copy = reading_copy(image, options_.max_width);
    const lstm::PixPtr page = to_pix(copy.gray);
    if (!page) return stock().read(image, stop);
    lstm::PageReading read = reader_.read(page.get(), copy.told, stop);
    if (read.needs_stock) return stock().read(image, stop);
    if (read.reading && copy.gray.cols != image.gray.cols)
      scale_boxes(*read.reading, image.gray.size());
    return std::move(read.reading);
  }

 private:
  Recognizer& stock() {
    if (!stock_) stock_ = open_tesseract(lang_, options_);
    return *stock_;
  }

  std::string lang_;
  ReadingOptions options_;
  lstm::PageReader reader_;
  std::unique_ptr<Recognizer> stock_;
};

}  // namespace

std::unique_ptr<Recognizer> open_lstm(const std::string& lang, const ReadingOptions& options) {
  return std::make_unique<LstmRecognizer>(lang, options);
}

}  // namespace ocrtune
