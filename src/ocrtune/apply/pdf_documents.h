#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/documents/page_source.h"
#include "ocrtune/pdf/add_text.h"

namespace ocrtune {

/// How the PDFs of files are made.
struct PdfOptions {
  std::filesystem::path folder;  ///< output folder
  /// The one PDF of all pages, in the order of the corpus; empty: one for each file.
  std::filesystem::path document = {};
  /// Resolution of images that do not state theirs; nothing: a guess.
  std::optional<int> dpi;
  /// The program that recognizes a page, for the document information.
  std::function<std::string(const Page&)> program;
  /// What becomes of text that pages of PDFs show.
  ExistingText existing_text = existing_text_named(kUsualExistingText);
  bool may_be_moved = false;  ///< a PDF that was whole and is not there is not written again
  /// Images of PDFs that are kept are coded anew where that makes them smaller (shrink_images()).
  bool smaller_images = false;
};

/// Writes one searchable PDF for each file of a corpus, with all its pages, or one of all files: a
/// PDF is kept and gets words, images become PDF/A; the pages of several files are images. Each
/// recognized page is first a file of its own below
/// `.ocrtune-pages` in the output folder, so that work that was interrupted can be resumed, and so
/// that memory does not depend on the number of pages; the PDF appears once no page of its file is
/// left. Not thread-safe except for what is said below.
class PdfDocuments {
 public:
  /// `corpus` must outlive it. Throws Error(invalid_argument) if two files have the same output, or
  /// if one would overwrite itself.
  PdfDocuments(PdfOptions options, const Corpus& corpus);
  ~PdfDocuments();
  PdfDocuments(const PdfDocuments&) = delete;
  PdfDocuments& operator=(const PdfDocuments&) = delete;

  /// Number of PDFs.
  [[nodiscard]] std::size_t size() const;

  /// Of pages that may be done, by index in the corpus, those that are not: a page is done if its
  /// own file is there undamaged, or if its PDF is, or may have been moved away, and no page of
  /// it is left. Files of pages that are not done are removed, and so are those of PDFs that are
  /// whole.
  std::vector<std::size_t> open_pages(const std::vector<bool>& may_be_done);

  /// States the pages that will be recognized.
  void begin(const std::vector<std::size_t>& which);

  /// The file of a page for its OCR result. Thread-safe.
  [[nodiscard]] std::filesystem::path page_file(std::size_t page) const;
  /// All files that are written for a page: its PDF and what that is made of.
  [[nodiscard]] static std::vector<std::filesystem::path> files_for(const PdfOptions& options,
                                                                    const Page& page);
  /// Its content; `turns`: clockwise quarter turns after which the page is upright. Throws
  /// Error(input_unreadable) if the input has changed. Thread-safe.
  [[nodiscard]] std::string page_bytes(std::size_t page, const OcrResult& ocr_result,
                                       int turns = 0) const;
  /// The same of a page that its PDF is not to have, unless it is a PDF that is kept, or has no
  /// other page. Thread-safe.
  [[nodiscard]] std::string left_out_bytes(std::size_t page, const OcrResult& ocr_result) const;
  /// Notes that a page is over: its file is written, or it has failed for the reason `failure`.
  /// After the last page of a file, writes the PDF. Returns why the page is left out: its failure,
  /// or that no PDF could be written; empty if it is not.
  std::string end(std::size_t page, const std::string& failure, const Events& events);

  /// Writes a page's own file, and notes that the page is over. Returns as end().
  std::string write_page(std::size_t page, std::span<const std::byte> bytes, const Events& events);

  /// Removes the files of pages if their PDF is whole.
  void tidy(std::size_t page);

  /// Removes the files of all pages.
  void remove_all_pages() const;

  /// Gives the message about resolutions that were guessed, if any.
  void tell_guesses(const Events& events) const;

  /// The paths of the PDFs.
  [[nodiscard]] std::vector<std::filesystem::path> files() const;
  /// The path of the PDF of a page.
  [[nodiscard]] const std::filesystem::path& file_of(std::size_t page) const;

 private:
  struct Document;

  Document& of(std::size_t page) const { return *documents_[document_of_[page]]; }
  void write(Document& document, const Events& events);
  [[nodiscard]] std::filesystem::path unfinished_file(const Document& document) const;
  void write_kept(Document& document, const Events& events);
  PdfWithText write_kept_pages(Document& document, const std::filesystem::path& path);
  void write_made(Document& document);
  void remove_pages(const Document& document) const;
  [[nodiscard]] bool has_page_file(std::size_t page) const;
  [[nodiscard]] bool has_whole_page_file(std::size_t page) const;
  [[nodiscard]] bool is_left_out(std::size_t page) const;
  [[nodiscard]] std::string title(const Document& document) const;

  PdfOptions options_;
  const Corpus& corpus_;
  std::vector<std::unique_ptr<Document>> documents_;
  std::vector<std::size_t> document_of_;  // by page
  std::map<int, std::size_t> guesses_;    // number of PDFs by guessed resolution
};

/// States this resolution in the facsimile of a page that does not state its own.
void state_resolution(PageSource& source, const std::optional<int>& dpi);

/// The resolution that is guessed for the PDF of a single page, or nothing if it states its own.
std::optional<int> guess_for_page(const Page& page, const OcrResult& ocr_result);

/// The message about `guesses`, numbers of PDFs by resolution; nothing if there are none.
void tell_guessed_resolutions(const std::map<int, std::size_t>& guesses, const Events& events);

}  // namespace ocrtune
