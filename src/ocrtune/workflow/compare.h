#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/analysis/comparison.h"
#include "ocrtune/options/options.h"

namespace ocrtune::workflow {

/// Options of `compare`.
struct CompareOptions {
  PagesOptions pages;  ///< pages to recognize with each pipeline
  /// Names of presets or TOML files. The others are compared with the first; a single one is
  /// compared with `raw`.
  std::vector<std::string> pipelines;
  std::string by;         ///< name of a measure; empty: cer if pages have ground truth, else
                          ///< confidence
  std::size_t most = 10;  ///< maximum number of worse pages in the text
  std::string csv;        ///< CSV file with a row per pipeline and page; empty: none
  OcrOptions ocr;         ///< OCR settings
  WorkOptions work;       ///< threads and memory
};

/// The option table of `compare`; it points into `options`, which must outlive it.
Options options_of(CompareOptions& options);

/// Result of `compare`.
struct Compared {
  std::vector<ComparedPipeline> pipelines;  ///< the first one is the reference of the comparison
  std::vector<std::string> pages;           ///< names
  Measure by = Measure::confidence;         ///< the requested or default measure
  std::string engine;                       ///< as engines_text() writes it
  std::size_t done = 0;                     ///< number of pages; fewer if it was stopped
  std::size_t left_out = 0;                 ///< inputs that could not be read
};

/// Compares pipelines on the same pages, page by page. Throws Error.
Compared compare(const CompareOptions& options, const Events& events);

}  // namespace ocrtune::workflow
