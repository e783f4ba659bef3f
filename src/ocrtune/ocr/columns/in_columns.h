#pragma once

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Whether an OCR result has columns: gutters_between_columns() between the lines that its engine
/// found, with six lines or more on one side and ten on the other. Pure; thread-safe.
bool is_in_columns(const OcrResult& ocr_result);

/// Whether the lines of an OCR result go across columns, as in Tesseract's page segmentation mode
/// 6: parts of them, between wide spaces and ruled lines, are columns of running text. Pure;
/// thread-safe.
bool goes_across_columns(const OcrResult& ocr_result);

/// Whether text is out of order: it goes_across_columns(), of which none are left between its lines
/// as they are, and it may_be_in_columns(); or most words that are broken by a hyphen are within
/// its lines, four or more. Pure; thread-safe.
bool is_out_of_order(const OcrResult& ocr_result);

}  // namespace ocrtune
