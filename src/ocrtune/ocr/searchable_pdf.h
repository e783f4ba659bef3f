#pragma once

#include <string>

#include "ocrtune/ocr/page_source.h"
#include "ocrtune/ocr/reading.h"

namespace ocrtune {

/// Dots per inch of a page that doesn't say, or whose own would make it longer than the 200 inches
/// that PDF readers take.
constexpr double kUnknownDpi = 300;

/// The page as a PDF 1.5 of one page: its facsimile, and over it the words as invisible text, each
/// in its box. The same reading and page give the same bytes: it has no date. `source.facsimile`
/// must be there, and as large as `reading`. Throws what it throws, and
/// Error(output_unwritable) where the PDF can't be put together.
std::string pdf_text(const Reading& reading, const PageSource& source);

}  // namespace ocrtune
