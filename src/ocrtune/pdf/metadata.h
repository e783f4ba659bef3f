#pragma once

#include <string>

#include "ocrtune/pdf/writer.h"

namespace ocrtune {

/// The parts of a document that PDF/A-2b requires besides pages.
struct PdfMetadata {
  std::string catalog;  ///< entries of the document catalog
  int info = 0;         ///< number of the document information
};

/// Writes title and program as document information and, equally, as XMP with the claim of
/// PDF/A-2b, and the output intent sRGB.
PdfMetadata write_pdf_metadata(PdfWriter& pdf, const std::string& title,
                               const std::string& program);

/// The XMP without claims to conform to PDF/A, which no longer hold for a document that was changed
/// by a program that does not check them. Everything else is kept.
std::string xmp_without_claims(std::string xmp);

}  // namespace ocrtune
