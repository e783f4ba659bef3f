// Replaces this folder in a build without it (OCRTUNE_LSTM=OFF).
#include <fmt/format.h>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/ocr/lstm/lstm_recognizer.h"

namespace ocrtune {

std::optional<Refusal> lstm_refuses(const std::string& /*lang*/,
                                    const RecognitionOptions& /*options*/) {
  return Refusal{.reason = tr("this build of ocrtune does not include the engine `lstm`"),
                 .expected = true};
}

std::unique_ptr<Recognizer> open_lstm(const std::string& lang, const RecognitionOptions& options) {
  throw Error(Errc::dependency_missing,
              tr("{}; use the engine `tesseract`", lstm_refuses(lang, options)->reason));
}

}  // namespace ocrtune
