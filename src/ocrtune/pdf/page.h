#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/image/facsimile.h"
#include "ocrtune/image/page_layers.h"

namespace ocrtune {

/// A page of a PDF.
struct PdfPage {
  OcrResult ocr_result;            ///< its words, and its size
  std::optional<Facsimile> image;  ///< the page; none: the page of a PDF, to which words are added
  int turns = 0;                   ///< clockwise quarter turns with which the page is shown
  /// What `image`, of 1 bit, is a stencil over; none: it is shown itself.
  std::optional<PageBackground> background = {};
};

/// The page as bytes, for a file; without confidences and characters of words.
std::string pdf_page_bytes(const PdfPage& page);

/// The page of such bytes. Throws Error(input_unreadable) if they are damaged.
PdfPage pdf_page_of(std::string_view bytes);

}  // namespace ocrtune
