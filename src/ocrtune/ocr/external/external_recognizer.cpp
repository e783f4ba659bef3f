#include "ocrtune/ocr/external/external_recognizer.h"

#include <utility>

#include "ocrtune/base/error.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/documents/scale_boxes.h"

namespace ocrtune {
namespace {

/// The resolution to state for an image; 0 if it is unknown.
int resolution_of(const Image& image, const OcrSettings& settings) {
  return settings.dpi > 0 ? settings.dpi : stated_dpi(image);
}

}  // namespace

ExternalRecognizer::ExternalRecognizer(EngineManifest manifest, std::string lang,
                                       std::optional<int> max_width)
    : engine_(std::make_shared<EngineConnection>(std::move(manifest))),
      lang_(std::move(lang)),
      max_width_(max_width) {
  require_language();
}

ExternalRecognizer::ExternalRecognizer(const ExternalRecognizer& opened, std::string lang)
    : engine_(opened.engine_), lang_(std::move(lang)), max_width_(opened.max_width_) {
  require_language();
}

void ExternalRecognizer::require_language() const {
  if (!hello().supports(lang_))
    throw Error(Errc::dependency_missing,
                tr("{} does not support the language `{}`; supported: {}",
                   engine_->manifest().title, quotable(lang_, 60), joined(hello().languages)));
}

std::optional<OcrResult> ExternalRecognizer::read(const Image& image, const OcrSettings& settings,
                                                  const std::atomic<bool>& stop,
                                                  const CountPageMarks& /*page*/) {
  const Image copy = ocr_result_copy(image, max_width_);
  const int dpi = resolution_of(copy, settings_of_copy(settings, image, copy, 0));
  auto result = engine_->read(copy, dpi, lang_, settings.engine_options, stop);
  if (result && copy.gray.cols != image.gray.cols) scale_boxes(*result, image.gray.size());
  return result;
}

}  // namespace ocrtune
