#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/documents/ocr_result.h"

namespace ocrtune::server {

/// A run of `apply`: where it writes, and the pages that it reads.
struct AppliedRun {
  std::string id;
  std::filesystem::path output;
  std::shared_ptr<const Corpus> corpus;
};

/// A page that a run has recognized.
struct WrittenPage {
  std::size_t page = 0;  ///< its number in the corpus
  int turns = 0;         ///< clockwise quarter turns with which it was recognized, 0 to 3
};

/// The file with this extension that was written for a page; nothing if it is not among the run's
/// formats, cannot be read, or has more than 32 MiB.
std::optional<std::string> written_file(const AppliedRun& run, const Page& page,
                                        const std::string& extension);

/// The text that was written for a page; empty if texts are not among the run's formats.
std::string written_text(const AppliedRun& run, const Page& page);

/// The words that were written for a page, as large as the page; nothing if neither JSON nor TSV is
/// among the run's formats, or the file is damaged. TSV has the spaces of the page's text, if that
/// is among the formats.
std::optional<OcrResult> written_words(const AppliedRun& run, const Page& page);

}  // namespace ocrtune::server
