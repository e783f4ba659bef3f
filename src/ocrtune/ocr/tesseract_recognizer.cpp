#include "ocrtune/ocr/tesseract_recognizer.h"

#include <fmt/format.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>
#include <tesseract/resultiterator.h>

#include <cstdlib>
#include <cstring>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/scale_boxes.h"
#include "ocrtune/ocr/tesseract_opening.h"
#include "ocrtune/ocr/tesseract_variables.h"

namespace ocrtune {
namespace {

struct DeleteArray {
  void operator()(const char* text) const { delete[] text; }
};

bool stop_asked(void* stop, int /*words*/) {
  return static_cast<const std::atomic<bool>*>(stop)->load();
}

/// Walks the words of a page and numbers blocks, paragraphs, lines and words as Tesseract's TSV.
class WordCollector {
 public:
  explicit WordCollector(Reading& reading) : reading_(reading) {}

  void add(const tesseract::ResultIterator& it) {
    if (it.IsAtBeginningOf(tesseract::RIL_BLOCK)) {
      ++block_;
      paragraph_ = line_ = word_ = 0;
    }
    if (it.IsAtBeginningOf(tesseract::RIL_PARA)) {
      ++paragraph_;
      line_ = word_ = 0;
    }
    if (it.IsAtBeginningOf(tesseract::RIL_TEXTLINE)) {
      ++line_;
      word_ = 0;
    }
    const std::unique_ptr<const char, DeleteArray> text(it.GetUTF8Text(tesseract::RIL_WORD));
    Word word{.text = text ? text.get() : "",
              .confidence = static_cast<int>(it.Confidence(tesseract::RIL_WORD)),
              .block = block_,
              .paragraph = paragraph_,
              .line = line_,
              .index = ++word_};
    it.BoundingBox(tesseract::RIL_WORD, &word.left, &word.top, &word.right, &word.bottom);
    reading_.words.push_back(std::move(word));
  }

 private:
  Reading& reading_;
  int block_ = 0;
  int paragraph_ = 0;
  int line_ = 0;
  int word_ = 0;
};

class TesseractRecognizer final : public Recognizer {
 public:
  TesseractRecognizer(const std::string& lang, const ReadingOptions& options) : options_(options) {
    const std::string folder = tessdata_folder(options.tessdata);
    require_languages(lang, folder);
    const auto lock = hold_tesseract_opening();
    if (api_.Init(folder.c_str(), lang.c_str(),
                  static_cast<tesseract::OcrEngineMode>(options.oem)) != 0) {
      throw Error(
          ExitStatus::dependency_missing,
          fmt::format("language `{}`: Tesseract can't use the data in {} with engine mode {}", lang,
                      quotable(folder), options.oem));
    }
    variables_.emplace(api_, options.psm);
  }

  std::optional<Reading> read(const Image& image, const std::atomic<bool>& stop) override {
    const Image copy = reading_copy(image, options_.max_width);
    Reading reading{.words = {}, .width = copy.gray.cols, .height = copy.gray.rows};
    variables_->tell(copy.told);
    api_.SetImage(copy.gray.data, copy.gray.cols, copy.gray.rows, 1,
                  static_cast<int>(copy.gray.step));
    tesseract::ETEXT_DESC monitor;
    monitor.cancel = stop_asked;
    monitor.cancel_this = const_cast<std::atomic<bool>*>(&stop);
    const bool done = api_.Recognize(&monitor) == 0;
    if (stop.load()) return std::nullopt;
    if (done) collect(reading);
    api_.Clear();
    if (copy.gray.cols != image.gray.cols) scale_boxes(reading, image.gray.size());
    return reading;
  }

 private:
  void collect(Reading& reading) {
    const std::unique_ptr<tesseract::ResultIterator> it(api_.GetIterator());
    if (!it) return;
    WordCollector collector(reading);
    do {
      if (!it->Empty(tesseract::RIL_WORD)) collector.add(*it);
    } while (it->Next(tesseract::RIL_WORD));
  }

  ReadingOptions options_;
  tesseract::TessBaseAPI api_;
  std::optional<TesseractVariables> variables_;
};

}  // namespace

std::unique_ptr<Recognizer> open_tesseract(const std::string& lang, const ReadingOptions& options) {
  return std::make_unique<TesseractRecognizer>(lang, options);
}

bool openmp_is_held() {
  const char* limit = std::getenv("OMP_THREAD_LIMIT");
  return limit != nullptr && std::strcmp(limit, "1") == 0;
}

std::string tesseract_version() { return tesseract::TessBaseAPI::Version(); }

}  // namespace ocrtune
