#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/summary.h"
#include "ocrtune/options/options.h"
#include "ocrtune/options/portfolio_choice.h"
#include "ocrtune/pdf/add_text.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {

/// Options of `apply`.
struct ApplyOptions {
  PagesOptions pages;       ///< pages to recognize
  PortfolioOptions choice;  ///< pipelines, and how their OCR results are combined
  /// A folder; or a file with the extension .pdf or .txt: one document of all pages.
  std::string output;
  /// The address of a journal that several processes share (shared_journal.h); empty: a file in the
  /// output folder.
  std::optional<std::string> journal;
  /// Of all_ocr_formats(); one file per page each, but for PDF.
  std::vector<std::string> formats{"text"};
  bool split = false;                              ///< one PDF for each page instead of each file
  std::string existing_text = kUsualExistingText;  ///< of existing_text_names()
  bool watch = false;                              ///< see watch()
  bool workspace = false;                          ///< the output is a Workspace
  std::string optimize = kImagesAsTheyAre;         ///< or kSmallerImages, of PDFs that are kept
  bool omit_blank = false;      ///< documents of several pages without those that are blank
  bool join_hyphens = false;    ///< in text, see with_joined_hyphens()
  std::string images = "none";  ///< also writes the preprocessed image: "none", "png" or "tiff"
  OcrOptions ocr;               ///< OCR settings
  WorkOptions work;             ///< threads and memory
  DeviceOptions devices;        ///< for stages and engines
};

/// The option table of `apply`; it points into `options`, which must outlive it.
Options options_of(ApplyOptions& options);

/// Result of `apply`.
struct Applied {
  Portfolio portfolio;   ///< pipelines that were used
  ApplySummary summary;  ///< of all pages done, in this run or before
  /// These pages in the corpus's order, read from the journal; none of a shared one.
  EachAppliedPage each_page = [](const auto&) {};
  std::size_t pages = 0;     ///< number of pages that were done in this run
  std::size_t left_out = 0;  ///< inputs that could not be read, and pages without an OCR result
};

/// Recognizes a whole collection, keeps the best of several OCR results for each page, and writes
/// it. The journal records the pages that are done; the same options resume the work. Throws Error.
Applied apply(const ApplyOptions& options, const Events& events);

}  // namespace ocrtune::workflow
