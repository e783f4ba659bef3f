#include "ocrtune/ocr/tesseract_recognizer.h"

#include <fmt/format.h>
#include <tesseract/baseapi.h>
#include <tesseract/ocrclass.h>

#include "ocrtune/base/error.h"
#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/documents/scale_boxes.h"
#include "ocrtune/image/pix.h"
#include "ocrtune/ocr/languages.h"
#include "ocrtune/ocr/sound_models.h"
#include "ocrtune/ocr/tesseract_opening.h"
#include "ocrtune/ocr/tesseract_variables.h"
#include "ocrtune/ocr/tesseract_words.h"

namespace ocrtune {
namespace {

bool stop_asked(void* stop, int /*words*/) {
  return static_cast<const std::atomic<bool>*>(stop)->load();
}

class TesseractRecognizer final : public Recognizer {
 public:
  TesseractRecognizer(const std::string& lang, const RecognitionOptions& options)
      : options_(options) {
    const std::string folder = tessdata_folder(options.tessdata);
    require_languages(lang, folder);
    const auto lock = hold_tesseract_opening();
    if (api_.Init(folder.c_str(), lang.c_str(),
                  static_cast<tesseract::OcrEngineMode>(options.oem)) != 0) {
      throw Error(Errc::dependency_missing,
                  tr("language `{}`: Tesseract can't use the data in {} with engine mode {}", lang,
                     quotable(folder), options.oem));
    }
    variables_.emplace(api_, options.psm);
  }

  using Recognizer::read;

  std::optional<OcrResult> read(const Image& image, const OcrSettings& settings,
                                const std::atomic<bool>& stop,
                                const CountPageMarks& page) override {
    const SerialOpenMp serial;
    const Image copy = ocr_result_copy(image, options_.max_width);
    OcrResult ocr_result{.words = {}, .width = copy.gray.cols, .height = copy.gray.rows};
    variables_->set(settings_of_copy(settings, image, copy, options_.psm));
    const MemoryWatch watch;
    api_.SetImage(copy.gray.data, copy.gray.cols, copy.gray.rows, 1,
                  static_cast<int>(copy.gray.step));
    // Recognizing this image does not binarize it again.
    const PixPtr binary(page ? api_.GetThresholdedImage() : nullptr);
    if (binary) refuse_noise(binary.get(), page);
    if (page && !binary) watch.check();
    tesseract::ETEXT_DESC monitor;
    monitor.cancel = stop_asked;
    monitor.cancel_this = const_cast<std::atomic<bool>*>(&stop);
    const bool done = api_.Recognize(&monitor) == 0;
    if (stop.load()) return std::nullopt;
    if (!done) watch.check();
    if (done) ocr_result.words = recognized_words(api_);
    api_.Clear();
    if (copy.gray.cols != image.gray.cols) scale_boxes(ocr_result, image.gray.size());
    return ocr_result;
  }

 private:
  RecognitionOptions options_;
  tesseract::TessBaseAPI api_;
  std::optional<TesseractVariables> variables_;
};

}  // namespace

std::unique_ptr<Recognizer> open_untried_tesseract(const std::string& lang,
                                                   const RecognitionOptions& options) {
  return std::make_unique<TesseractRecognizer>(lang, options);
}

std::unique_ptr<Recognizer> open_tesseract(const std::string& lang,
                                           const RecognitionOptions& options) {
  require_sound_models(lang, options);
  return open_untried_tesseract(lang, options);
}

OcrEngine tesseract_engine() {
  return {.name = "tesseract",
          .title = "Tesseract",
          .summary = "Tesseract",
          .is_reference = true,
          .refuses = [](const std::string& lang,
                        const RecognitionOptions& options) -> std::optional<Refusal> {
            try {
              require_languages(lang, tessdata_folder(options.tessdata));
            } catch (const Error& error) {
              return Refusal{.reason = error.what()};
            }
            return std::nullopt;
          },
          .open = open_tesseract};
}

std::string tesseract_version() { return tesseract::TessBaseAPI::Version(); }

}  // namespace ocrtune
