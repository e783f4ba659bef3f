#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/pdf/searchable_pdf.h"

namespace ocrtune {

/// Why the pages of a PDF cannot be kept, as the end of a sentence about it; empty if they can.
std::string why_pages_cannot_be_kept(std::span<const std::byte> pdf);

/// What a PDF was that got words.
struct PdfWithText {
  std::vector<std::size_t> own_text;  ///< indices of pages that show text: they got no words
  bool was_signed = false;            ///< its signature is no longer valid
};

/// Writes the PDF `original` with the words of `pages` as invisible text where they are on its
/// pages. The image of a PdfPage replaces what the page shows, but for its invisible text and
/// annotations; it fills the page as far as it can without being stretched. Pages without a PdfPage
/// stay as they are, and so do images, outlines, document information and everything else.
/// Invisible text of earlier OCR is removed from the pages that get words. A page that shows at
/// least half as much text as there is in its words keeps its own and gets none. XMP keeps no claim
/// of PDF/A. Writes directly to `path`, and a temporary file beside it. The same input gives the
/// same bytes. Throws Error(input_unreadable) if the pages cannot be kept,
/// Error(output_unwritable), and what `pages.page` throws.
PdfWithText write_pdf_with_text(std::span<const std::byte> original, const PdfPages& pages,
                                const std::filesystem::path& path);

}  // namespace ocrtune
