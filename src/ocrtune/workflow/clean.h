#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

/// What `clean` is asked for.
struct CleanOptions {
  PagesOptions pages;          ///< those that are cleaned
  PipelineOptions pipeline;    ///< none stated: `standard`
  std::string output;          ///< folder
  std::string format = "png";  ///< or "tiff"
  WorkOptions work;            ///< threads and memory
  DeviceOptions devices;       ///< where stages run; nothing is read
};

/// The options of `clean`; they point into `options`, which must outlive them.
Options options_of(CleanOptions& options);

/// A page whose image was written.
struct CleanedPage {
  std::string page;            ///< its name
  std::filesystem::path file;  ///< the image, in the folder that was asked for
};

/// What `clean` did.
struct Cleaned {
  std::vector<CleanedPage> pages;  ///< in their order; fewer than there are where it was stopped
  std::size_t left_out = 0;        ///< inputs that couldn't be read
};

/// Writes the preprocessed images, gray and lossless, resolution kept. Throws Error.
Cleaned clean(const CleanOptions& options, const Events& events);

}  // namespace ocrtune::workflow
