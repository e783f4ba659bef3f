#include "ocrtune/study_run/recorded_result_json.h"

#include <nlohmann/json.hpp>

#include "ocrtune/base/error.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/documents/ocr_result_json.h"

namespace ocrtune::workflow {
namespace {

using nlohmann::json;

json quality_json(const OcrQuality& quality) {
  json object = {{"char_confidence", quality.char_confidence},
                 {"legible", quality.legible},
                 {"net_legible", quality.net_legible},
                 {"lexicon", quality.lexicon},
                 {"garbage", quality.garbage},
                 {"short_words", quality.short_words},
                 {"signs", quality.signs}};
  if (quality.coverage) object["coverage"] = *quality.coverage;
  return object;
}

OcrQuality quality_of(const json& object) {
  OcrQuality quality{.char_confidence = object.at("char_confidence"),
                     .legible = object.at("legible"),
                     .net_legible = object.at("net_legible"),
                     .lexicon = object.at("lexicon"),
                     .garbage = object.at("garbage"),
                     .short_words = object.at("short_words"),
                     .signs = object.at("signs"),
                     .coverage = std::nullopt};
  if (object.contains("coverage")) quality.coverage = object.at("coverage").get<double>();
  return quality;
}

}  // namespace

std::string recorded_result_text(const RecordedResult& result) {
  const ocrtune::Candidate& candidate = result.candidate;
  return json({{"quality", quality_json(candidate.quality)},
               {"failure", candidate.failure},
               {"engine_failed", candidate.engine_failed},
               {"of_tesseract", candidate.of_tesseract},
               {"usual_mode", candidate.usual_mode},
               {"by_columns", candidate.by_columns},
               {"lines", candidate.lines},
               {"seconds", result.seconds},
               {"leaves_out_faint_text", result.leaves_out_faint_text},
               {"ocr_result", ocr_result_json(result.ocr_result)}})
      .dump(-1, ' ', false, json::error_handler_t::replace);
}

RecordedResult parse_recorded_result(std::string_view text) {
  try {
    const json object = json::parse(text);
    return {.candidate = {.pipeline = 0,
                          .quality = quality_of(object.at("quality")),
                          .failure = object.at("failure"),
                          .engine_failed = object.at("engine_failed"),
                          .use = {},
                          .of_tesseract = object.at("of_tesseract"),
                          .usual_mode = object.at("usual_mode"),
                          .by_columns = object.at("by_columns"),
                          .lines = object.at("lines")},
            .ocr_result = ocr_result_of(object.at("ocr_result")),
            .seconds = object.at("seconds"),
            .leaves_out_faint_text = object.at("leaves_out_faint_text")};
  } catch (const json::exception&) {
    throw Error(Errc::study_error, tr("is damaged: an OCR result can't be read"));
  }
}

}  // namespace ocrtune::workflow
