#pragma once

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Whether ten lines of an OCR result or more, each at most two below the last, have wide spaces
/// one above the other: those of columns that Tesseract's page segmentation mode 6 reads across, or
/// of tables. Pure; thread-safe.
bool may_be_in_columns(const OcrResult& ocr_result);

}  // namespace ocrtune
