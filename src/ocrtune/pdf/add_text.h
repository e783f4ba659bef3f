#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/pdf/searchable_pdf.h"

namespace ocrtune {

/// Why the pages of a PDF cannot be kept, as the end of a sentence about it; empty if they can.
std::string why_pages_cannot_be_kept(std::span<const std::byte> pdf);

/// What becomes of text that a page of a PDF shows.
enum class ExistingText {
  keep,    ///< it stays, and the page gets no words
  add,     ///< it stays, and the page gets the words that do not lie on it
  replace  ///< the page becomes a picture, and gets all words
};

/// Their names, in this order.
const std::vector<std::string>& existing_text_names();

/// The usual one.
inline constexpr const char* kUsualExistingText = "add";

/// The one with this name. Throws Error(invalid_argument).
ExistingText existing_text_named(const std::string& name);

/// How words are added to a PDF.
struct PdfTextOptions {
  /// What becomes of text that a page shows.
  ExistingText existing = existing_text_named(kUsualExistingText);
  /// The picture of a page, from 0, as large as its words say. Called for ExistingText::replace.
  std::function<Facsimile(std::size_t page)> picture = {};
};

/// What was done with a PDF that got words.
struct PdfWithText {
  std::size_t kept = 0;      ///< pages that show text: they are as they were, without words
  std::size_t added = 0;     ///< pages that show text, and got words where it is not
  std::size_t pictures = 0;  ///< pages that showed text, which are pictures with words now
  std::size_t replaced = 0;  ///< pages with text that could not be seen, which is gone
  bool was_signed = false;   ///< its signature is no longer valid
};

/// Writes the PDF `original` with the words of `pages` as invisible text where they are on its
/// pages. The image of a PdfPage replaces what the page shows, but for its invisible text and
/// annotations; it fills the page as far as it can without being stretched. Pages without a PdfPage
/// stay as they are, and so do images, outlines, document information and everything else. Text
/// that cannot be seen, as that of earlier OCR, is removed from the pages that get words, or that
/// show no text; `options` say what becomes of text that can be seen. XMP keeps no claim of PDF/A.
/// Writes directly to `path`, and a temporary file beside it. The same input gives the same bytes.
/// Throws Error(input_unreadable) if the pages cannot be kept, Error(output_unwritable), and what
/// `pages.page` and `options.picture` throw.
PdfWithText write_pdf_with_text(std::span<const std::byte> original, const PdfPages& pages,
                                const std::filesystem::path& path,
                                const PdfTextOptions& options = {});

}  // namespace ocrtune
