#pragma once

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Whether an OCR result has columns: gutters_between_columns() between the lines that its engine
/// found, with ten lines or more on both sides. Pure; thread-safe.
bool is_in_columns(const OcrResult& ocr_result);

}  // namespace ocrtune
