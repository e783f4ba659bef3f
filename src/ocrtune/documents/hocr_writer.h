#pragma once

#include <string>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/documents/page_source.h"

namespace ocrtune {

/// The OCR result as hOCR 1.2 (XHTML): ocr_page, ocr_carea, ocr_par, ocr_line, ocrx_word with bbox
/// and x_wconf. Boxes are those of the words.
std::string hocr_text(const OcrResult& ocr_result, const PageSource& source);

}  // namespace ocrtune
