#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ocrtune/ocr/reading.h"
#include "ocrtune/ocr/reading_formats.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

/// What `read` is asked for.
struct ReadOptions {
  PagesOptions pages;                        ///< those that are read
  PipelineOptions pipeline;                  ///< none stated: `raw`
  std::string output;                        ///< folder; empty: no files are written
  std::vector<std::string> formats{"text"};  ///< of ocr/reading_formats.h
  OcrOptions ocr;                            ///< how they are read
  WorkOptions work;                          ///< threads and memory
  DeviceOptions devices;                     ///< where stages and readers run
};

/// The options of `read`; they point into `options`, which must outlive them.
Options options_of(ReadOptions& options);

/// --format, as `read` and `apply` have it.
Option format_option(std::vector<std::string>& formats);

/// A page that was read.
struct PageRead {
  const Page* page = nullptr;      ///< not null; lives as long as the call that it is given to
  std::string reader;              ///< the engine's name
  Reading reading;                 ///< words with boxes in px of the page as it came
  std::vector<std::string> texts;  ///< one for each format
};

/// Who gets pages as they are read; both called from the thread that called read().
struct PagesRead {
  /// Before the first one, with how many there are. What it throws ends the work.
  std::function<void(std::size_t pages)> begin = [](std::size_t) {};
  /// Each page as it is read. What it throws ends the work.
  std::function<void(const PageRead&)> page = [](const PageRead&) {};
};

/// What `read` did.
struct ReadResult {
  std::size_t pages = 0;     ///< that were read
  std::size_t left_out = 0;  ///< inputs that couldn't be
};

/// Reads pages, as they are or through a pipeline. Throws Error.
ReadResult read(const ReadOptions& options, const PagesRead& taken, const Events& events);

}  // namespace ocrtune::workflow
