#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/apply/summary.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

/// What `apply` is asked for.
struct ApplyOptions {
  PagesOptions pages;                   ///< those that are read
  std::string portfolio = "documents";  ///< one that comes with ocrtune, or a TOML file
  std::vector<std::string> pipelines;   ///< instead
  bool vote = false;  ///< combine a page's readings word by word, along the best of them
  /// 0 to 100; of a page's characters: from it on no further pipeline is tried.
  double enough = kEnoughConfidence;
  bool thorough = false;  ///< read every page through all pipelines; `enough` says nothing then
  std::string output;     ///< folder
  std::vector<std::string> formats{"text"};  ///< of all_reading_formats(); a file per page each
  std::string images = "none";  ///< also the image that was read: "none", "png" or "tiff"
  OcrOptions ocr;               ///< how it is read
  WorkOptions work;             ///< threads and memory
  DeviceOptions devices;        ///< where stages and readers run
};

/// The options of `apply`; they point into `options`, which must outlive them.
Options options_of(ApplyOptions& options);

/// What `apply` did.
struct Applied {
  Portfolio portfolio;       ///< that the pages were read through
  ApplySummary summary;      ///< of all pages that are done, now or before
  std::size_t pages = 0;     ///< that were to be done now
  std::size_t left_out = 0;  ///< inputs that couldn't be read
};

/// Reads a whole collection, of every page the best of several readings, and writes what it read.
/// What is done is in the journal of the output's folder; the same options go on. Throws Error.
Applied apply(const ApplyOptions& options, const Events& events);

}  // namespace ocrtune::workflow
