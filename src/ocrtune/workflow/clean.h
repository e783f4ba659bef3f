#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

struct CleanOptions {
  PagesOptions pages;
  PipelineOptions pipeline;
  std::string output;          ///< folder
  std::string format = "png";  ///< or "tiff"
  WorkOptions work;
  DeviceOptions devices;
};

Options options_of(CleanOptions& options);

struct CleanedPage {
  std::string page;  ///< its name
  std::filesystem::path file;
};

struct Cleaned {
  std::vector<CleanedPage> pages;  ///< in their order; fewer than there are where it was stopped
  std::size_t left_out = 0;        ///< inputs that couldn't be read
};

/// Writes the preprocessed images, gray and lossless, resolution kept. Throws Error.
Cleaned clean(const CleanOptions& options, const Events& events);

}  // namespace ocrtune::workflow
