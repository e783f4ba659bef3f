#pragma once

#include <vector>

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Whether seven lines of an OCR result or more, each at most two below the last, have wide spaces
/// one above the other: those of columns that Tesseract's page segmentation mode 6 reads across, or
/// of tables. Pure; thread-safe.
bool may_be_in_columns(const OcrResult& ocr_result);

/// For each of these words, whether it stands in its line before a space of the kind that
/// may_be_in_columns() finds between them. Pure; thread-safe.
std::vector<bool> before_common_spaces(const std::vector<Word>& words);

}  // namespace ocrtune
