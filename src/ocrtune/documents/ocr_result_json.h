#pragma once

#include <nlohmann/json_fwd.hpp>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// The OCR result with its characters and their alternatives, for ocr_result_of(). Pure;
/// thread-safe.
nlohmann::json ocr_result_json(const OcrResult& ocr_result);

/// The OCR result from what ocr_result_json() returned. Throws Error(study_error) with one line if
/// it is anything else. Pure; thread-safe.
OcrResult ocr_result_of(const nlohmann::json& json);

}  // namespace ocrtune
