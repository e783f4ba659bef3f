#include "ocrtune/ocr/program/model_trial.h"

#include <atomic>
#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/ocr/self_check.h"
#include "ocrtune/ocr/tesseract_recognizer.h"

namespace ocrtune {

nlohmann::json try_models(const ParserRequest& request) {
  RecognitionOptions options;
  options.tessdata = request.fields.at("folder");
  options.psm = request.fields.at("psm");
  options.oem = request.fields.at("oem");
  const std::string lang = request.fields.at("lang");
  const std::atomic<bool> stop{false};
  try {
    open_tesseract(lang, options)->read(self_check_page(), {}, stop);
  } catch (const Error&) {
    // Who opens the models is told the same.
  }
  return nlohmann::json::object();
}

}  // namespace ocrtune
