#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/apply/summary.h"
#include "ocrtune/pipeline/portfolio.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

struct ApplyOptions {
  PagesOptions pages;
  std::string portfolio = "documents";  ///< one that comes with ocrtune, or a TOML file
  std::vector<std::string> pipelines;   ///< instead
  bool vote = false;
  double enough = kEnoughConfidence;
  bool thorough = false;
  std::string output;  ///< folder
  std::vector<std::string> formats{"text"};
  std::string images = "none";
  OcrOptions ocr;
  WorkOptions work;
  DeviceOptions devices;
};

Options options_of(ApplyOptions& options);

struct Applied {
  Portfolio portfolio;
  ApplySummary summary;      ///< of all pages that are done, now or before
  std::size_t pages = 0;     ///< that were to be done now
  std::size_t left_out = 0;  ///< inputs that couldn't be read
};

/// Reads a whole collection, of every page the best of several readings, and writes what it read.
/// What is done is in the journal of the output's folder; the same options go on. Throws Error.
Applied apply(const ApplyOptions& options, const Events& events);

}  // namespace ocrtune::workflow
