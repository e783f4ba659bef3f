#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "ocrtune/corpus/corpus.h"
#include "ocrtune/workflow/apply.h"

namespace ocrtune::workflow {

/// The one document into which `apply` writes all pages.
struct DocumentOutput {
  std::filesystem::path file;  ///< "book.pdf"
  /// What is kept of its pages until it is whole: ".book.pdf.ocrtune" beside it.
  std::filesystem::path folder;
  std::string format;  ///< "pdf" or "text"
};

/// The document that the output names: a file with the extension of one of these formats that is
/// not a folder. Nothing if it names a folder. Throws OptionError(invalid_argument) if other
/// options need a folder, Error as require_output_file().
std::optional<DocumentOutput> document_output(const ApplyOptions& options);

/// The file with the text of a page, until the document is whole.
std::filesystem::path text_file(const std::filesystem::path& folder, const Page& page);

/// Joins the texts of pages, in their order, to the document: a form feed between two. Pages
/// without a file are left out, and so are those for which `is_left_out` is true. Throws
/// Error(output_unwritable).
void join_texts(const DocumentOutput& document, const Corpus& corpus,
                const std::function<bool(const Page&)>& is_left_out);

}  // namespace ocrtune::workflow
