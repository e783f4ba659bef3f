#pragma once

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

/// The text that was written for a page; empty if texts are not among the run's formats.
std::string written_text(const AppliedRun& run, const Page& page);

/// The words that were written for a page, as large as the page, with the spaces of its text if
/// that is among the run's formats; nothing if TSV is not, or the file is damaged.
std::optional<OcrResult> written_words(const AppliedRun& run, const Page& page);

}  // namespace ocrtune::server
