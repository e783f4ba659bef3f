// In the place of this folder where it isn't built (OCRTUNE_LSTM=OFF).
#include <fmt/format.h>

#include "ocrtune/base/error.h"
#include "ocrtune/ocr/lstm/lstm_recognizer.h"

namespace ocrtune {

std::optional<Refusal> lstm_refuses(const std::string& /*lang*/,
                                    const ReadingOptions& /*options*/) {
  return Refusal{.reason = "this ocrtune was built without the reader `lstm`", .expected = true};
}

std::unique_ptr<Recognizer> open_lstm(const std::string& lang, const ReadingOptions& options) {
  throw Error(Errc::dependency_missing,
              fmt::format("{}; use the reader `tesseract`", lstm_refuses(lang, options)->reason));
}

}  // namespace ocrtune
