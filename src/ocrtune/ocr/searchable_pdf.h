#pragma once

#include <string>

#include "ocrtune/image/image.h"
#include "ocrtune/ocr/ocr_result.h"
#include "ocrtune/ocr/page_source.h"

namespace ocrtune {

/// Dots per inch of a page without a resolution, or whose resolution would make it longer than the
/// 200 inches that PDF viewers accept.
constexpr double kUnknownDpi = 300;

/// The page as a PDF 1.5 of one page: its facsimile, and over it the words as invisible text, each
/// in its box. The same OCR result and page give the same bytes: there is no date.
/// `source.facsimile` must be set, and as large as `reading`. Throws what it throws, and
/// Error(output_unwritable) if the PDF cannot be put together.
std::string pdf_text(const OcrResult& reading, const PageSource& source);

/// The same without the page's image, to be laid over it: a page as large as `reading` with this
/// resolution, with the words as invisible text in a one_font_layer(). `source.facsimile` is not
/// used. Throws Error(output_unwritable) if the PDF cannot be put together.
std::string text_pdf(const OcrResult& reading, const PageSource& source, const Resolution& dpi);

}  // namespace ocrtune
