#include "ocrtune/ocr/program/model_trial.h"

#include <atomic>
#include <string>

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
  open_untried_tesseract(lang, options)->read(self_check_page(), {}, stop);
  return nlohmann::json::object();
}

}  // namespace ocrtune
