#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

#include "ocrtune/base/files.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/documents/page_source.h"
#include "ocrtune/image/image.h"
#include "ocrtune/pdf/page.h"

namespace ocrtune {

/// Dots per inch of a page whose resolution would make it longer than the 200 inches that PDF
/// viewers accept.
constexpr double kUnknownDpi = 300;

/// The pages of a PDF.
struct PdfPages {
  std::string title;          ///< of the document
  std::string language = {};  ///< of all pages (BCP 47); empty: unknown, or several
  std::string program;        ///< that made it
  std::size_t count = 0;      ///< number of pages
  /// The page `index`, from 0; nothing: there is none. May be called twice for the first pages.
  std::function<std::optional<PdfPage>(std::size_t index)> page;
};

/// Writes a PDF/A-2b of pages with images: each image, and over it the words as invisible text,
/// each in its box. The same pages give the same bytes: there is no date. One page is in memory at
/// a time. Returns the resolution that was guessed for images that do not state theirs, if there
/// are any. Throws what `pages.page` and the sink throw.
std::optional<double> write_searchable_pdf(const PdfPages& pages, const TextSink& sink);

/// The same of one page. `source.facsimile` must be set, and as large as `ocr_result`. Throws what
/// it throws.
std::string pdf_text(const OcrResult& ocr_result, const PageSource& source);

/// A PDF of one page without an image, to be laid over it: a page as large as `ocr_result` with
/// this resolution, with the words as invisible text in a one_font_layer(). `source.facsimile` is
/// not used.
std::string text_pdf(const OcrResult& ocr_result, const PageSource& source, const Resolution& dpi);

}  // namespace ocrtune
