#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/options/options.h"
#include "ocrtune/workflow/read.h"

namespace ocrtune::workflow {

/// Options of `clean`.
struct CleanOptions {
  PagesOptions pages;                       ///< pages to preprocess
  PipelineOptions pipeline;                 ///< default: `standard`
  std::string output;                       ///< folder
  std::string format = "png";               ///< or "tiff", or "pdf"
  bool split = false;                       ///< one PDF for each page instead of each file
  std::string optimize = kImagesAsTheyAre;  ///< or kSmallerImages or kLayeredPages, of PDFs
  WorkOptions work;                         ///< threads and memory
  DeviceOptions devices;                    ///< for stages; there is no OCR
};

/// The option table of `clean`; it points into `options`, which must outlive it.
Options options_of(CleanOptions& options);

/// A page with its preprocessed image.
struct CleanedPage {
  std::string page;            ///< its name
  std::filesystem::path file;  ///< the image or PDF in the output folder
};

/// Result of `clean`.
struct Cleaned {
  std::vector<CleanedPage> pages;  ///< in order; fewer if it was stopped
  std::size_t left_out = 0;        ///< inputs that could not be read
};

/// Writes the preprocessed images, gray and lossless, with the original resolution; as PDF, those
/// of a file in one, which of a PDF keeps everything but what its pages show. Pages of a PDF with
/// kLayeredPages that are black and white alone lie over a background of the original page. Throws
/// Error.
Cleaned clean(const CleanOptions& options, const Events& events);

}  // namespace ocrtune::workflow
