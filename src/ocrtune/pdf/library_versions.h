#pragma once

#include <string>

namespace ocrtune {

/// The versions of the libraries that parse PDF files, such as "22.12.0".
struct PdfLibraryVersions {
  std::string poppler;
  std::string qpdf;
};

/// Asks the program that parses PDF files. Throws as Parser. Thread-safe.
PdfLibraryVersions pdf_library_versions();

}  // namespace ocrtune
