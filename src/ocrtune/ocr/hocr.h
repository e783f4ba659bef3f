#pragma once

#include <string>

#include "ocrtune/ocr/page_source.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// The reading as hOCR 1.2 (XHTML): ocr_page, ocr_carea, ocr_par, ocr_line, ocrx_word with bbox and
/// x_wconf. Boxes are those of the words.
std::string hocr_text(const Reading& reading, const PageSource& source);

}  // namespace ocrtune
