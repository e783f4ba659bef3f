#pragma once

#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// Whether the lines of an OCR result go across vertical lines of Chinese, Japanese or Korean text,
/// as in page segmentation modes of horizontal text: characters of a line are farther apart than
/// lines, which are characters of the same vertical line, but not as far as cells. Pure;
/// thread-safe.
bool goes_across_vertical_lines(const OcrResult& ocr_result);

}  // namespace ocrtune
