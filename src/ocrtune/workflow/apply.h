#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/apply/summary.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

/// Options of `apply`.
struct ApplyOptions {
  PagesOptions pages;                   ///< pages to recognize
  std::string portfolio = "documents";  ///< a portfolio that comes with ocrtune, or a TOML file
  std::vector<std::string> pipelines;   ///< pipelines to use instead of a portfolio
  bool vote = false;                    ///< combine a page's OCR results by voting
  /// The name of one of kEfforts (effort.h), instead of `portfolio`, `pipelines`, `vote`, `enough`
  /// and `thorough`; empty: as these state.
  std::optional<std::string> effort;
  /// Stops trying further pipelines for a page once the mean confidence of its characters, 0 to
  /// 100, reaches this value.
  double enough = kEnoughConfidence;
  bool thorough = false;  ///< run all pipelines on every page; `enough` has no effect then
  std::string output;     ///< folder
  /// The address of a journal that several processes share (shared_journal.h); empty: a file in the
  /// output folder.
  std::optional<std::string> journal;
  std::vector<std::string> formats{"text"};  ///< of all_ocr_formats(); one file per page each
  std::string images = "none";  ///< also writes the preprocessed image: "none", "png" or "tiff"
  OcrOptions ocr;               ///< OCR settings
  WorkOptions work;             ///< threads and memory
  DeviceOptions devices;        ///< for stages and engines
};

/// The option table of `apply`; it points into `options`, which must outlive it.
Options options_of(ApplyOptions& options);

/// Result of `apply`.
struct Applied {
  Portfolio portfolio;       ///< pipelines that were used
  ApplySummary summary;      ///< of all pages done, in this run or before
  std::size_t pages = 0;     ///< number of pages to do in this run, or that it did in a shared one
  std::size_t left_out = 0;  ///< inputs that could not be read, and pages without an OCR result
};

/// Recognizes a whole collection, keeps the best of several OCR results for each page, and writes
/// it. The journal records the pages that are done; the same options resume the work. Throws Error.
Applied apply(const ApplyOptions& options, const Events& events);

}  // namespace ocrtune::workflow
