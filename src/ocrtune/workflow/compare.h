#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/report/comparison.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

/// What `compare` is asked for.
struct CompareOptions {
  PagesOptions pages;  ///< those that are read through each pipeline
  /// Presets' names or TOML files; the others are compared with the first, one alone with `raw`.
  std::vector<std::string> pipelines;
  std::string by;         ///< a measure's name; empty: cer where pages have truth, else confidence
  std::size_t most = 10;  ///< pages that got worse, in the text
  std::string csv;        ///< file for a row per pipeline and page; empty: none
  OcrOptions ocr;         ///< how they are read
  WorkOptions work;       ///< threads and memory
};

/// The options of `compare`; they point into `options`, which must outlive them.
Options options_of(CompareOptions& options);

/// What `compare` found.
struct Compared {
  std::vector<ComparedPipeline> pipelines;  ///< the first is what the others are compared with
  std::vector<std::string> pages;           ///< names
  Measure by = Measure::confidence;         ///< the measure asked for, or the usual one
  std::string reader;                       ///< as readers_text() writes it
  std::size_t done = 0;                     ///< pages; fewer than there are where it was stopped
  std::size_t left_out = 0;                 ///< inputs that couldn't be read
};

/// Compares pipelines on the same pages, page by page. Throws Error.
Compared compare(const CompareOptions& options, const Events& events);

}  // namespace ocrtune::workflow
