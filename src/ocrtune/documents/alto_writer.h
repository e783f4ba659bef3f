#pragma once

#include <string>

#include "ocrtune/documents/hocr_writer.h"
#include "ocrtune/documents/ocr_result.h"

namespace ocrtune {

/// The OCR result as ALTO 4.4: Page, PrintSpace, ComposedBlock, TextBlock (a paragraph), TextLine,
/// String with WC (confidence from 0 to 1), and SP between words. Pixels; boxes are those of the
/// words.
std::string alto_text(const OcrResult& ocr_result, const PageSource& source);

}  // namespace ocrtune
