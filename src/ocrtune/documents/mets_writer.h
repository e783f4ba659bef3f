#pragma once

#include <string>
#include <vector>

namespace ocrtune {

/// A file of a page in a METS file.
struct MetsEntry {
  std::string group;  ///< USE of its group of files, such as "OCR-D-IMG"
  std::string mime;   ///< MIME type
  std::string place;  ///< path relative to the METS file
};

/// A page in a METS file.
struct MetsPage {
  int number = 1;                ///< from 1
  std::string label;             ///< ORDERLABEL; empty: none
  std::vector<MetsEntry> files;  ///< of different groups
};

/// A METS file with the physical structure of a document, as OCR-D's workspaces have it
/// (https://ocr-d.de/en/spec/mets). `program` made the files. Pure; thread-safe.
std::string mets_text(const std::vector<MetsPage>& pages, const std::string& program);

}  // namespace ocrtune
