#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// The words as [text, confidence, left, top, right, bottom] each: Word of
/// web/src/contract/study_data.ts.
nlohmann::json words_json(const OcrResult& reading);

}  // namespace ocrtune
