#pragma once

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/best_result.h"
#include "ocrtune/apply/pdf_documents.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/image/encode.h"
#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/output_names.h"
#include "ocrtune/workflow/workspace.h"

namespace ocrtune::workflow {

/// Output files of each page of `apply`. Thread-safe.
class AppliedFiles {
 public:
  /// `is_document`: the output folder is that of a document (DocumentOutput). `options` must
  /// outlive it.
  AppliedFiles(const ApplyOptions& options, bool is_document);

  /// True if the pages of a file are put together in one PDF.
  [[nodiscard]] bool has_documents() const;

  /// The files that are written of a page; `pdfs`: how the PDFs of files are made.
  [[nodiscard]] PageOutputs of(const Page& page, const PdfOptions& pdfs) const;

  /// Throws Error(invalid_argument) if two pages have the same file, or if one would overwrite an
  /// input.
  void refuse_collisions(const std::vector<Page>& pages) const;

  /// The guessed resolution of a page with a PDF of its own.
  [[nodiscard]] std::optional<int> guess(const Page& page, const OcrResult& ocr_result) const;

  /// Whether the files of a page are there, or may have been moved away.
  [[nodiscard]] bool are_there(const Page& page) const;

  /// The contents of a page's files. Throws Error(input_unreadable) if the page is to be in one of
  /// them and has changed.
  [[nodiscard]] std::map<std::filesystem::path, std::vector<std::byte>> made(
      const Corpus& corpus, std::size_t index, const BestResult& best, const std::string& engine,
      const PdfDocuments* documents) const;

 private:
  [[nodiscard]] std::filesystem::path path_of(const Page& page, const std::string& format) const;
  [[nodiscard]] std::filesystem::path image_path(const Page& page) const;

  const ApplyOptions& options_;
  bool is_document_;
  std::optional<Workspace> workspace_;     // if the output folder is one
  std::vector<std::string> page_formats_;  // with a file for each page
  std::optional<OutputFormat> image_format_;
};

}  // namespace ocrtune::workflow
