#pragma once

#include <string>

#include "ocrtune/ocr/hocr.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// The reading as ALTO 4.4: Page, PrintSpace, ComposedBlock, TextBlock (a paragraph), TextLine,
/// String with WC (confidence from 0 to 1), and SP between words. Pixels; boxes are those of the
/// words.
std::string alto_text(const Reading& reading, const PageSource& source);

}  // namespace ocrtune
