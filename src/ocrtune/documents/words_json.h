#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// The words as [text, confidence, left, top, right, bottom] each, with a list of the alternatives
/// at the end where there are some: word of study-data.schema.json.
nlohmann::json words_json(const OcrResult& ocr_result);

}  // namespace ocrtune
