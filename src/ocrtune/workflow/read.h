#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "ocrtune/ocr/ocr_formats.h"
#include "ocrtune/ocr/ocr_result.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

/// The usual pipeline of `read`.
inline constexpr const char* kReadingPipeline = "raw";

/// Options of `read`.
struct ReadOptions {
  PagesOptions pages;                        ///< pages to recognize
  PipelineOptions pipeline;                  ///< default: `raw`
  std::string output;                        ///< folder; empty: no files are written
  std::vector<std::string> formats{"text"};  ///< of ocr/ocr_formats.h
  OcrOptions ocr;                            ///< OCR settings
  WorkOptions work;                          ///< threads and memory
  DeviceOptions devices;                     ///< for stages and engines
};

/// The option table of `read`; it points into `options`, which must outlive it.
Options options_of(ReadOptions& options);

/// --format of `read` and `apply`.
Option format_option(std::vector<std::string>& formats);

/// OCR result of a page.
struct PageRead {
  const Page* page = nullptr;      ///< not null; valid during the callback only
  std::string engine;              ///< the engine's name
  OcrResult reading;               ///< words with bounding boxes in px of the original page
  std::vector<std::string> texts;  ///< one for each format
};

/// Callbacks for recognized pages, called from the thread that called read().
struct PagesRead {
  /// Called before the first page, with the number of pages. An exception ends the work.
  std::function<void(std::size_t pages)> begin = [](std::size_t) {};
  /// Called for each recognized page. An exception ends the work.
  std::function<void(const PageRead&)> page = [](const PageRead&) {};
};

/// Result of `read`.
struct ReadResult {
  std::size_t pages = 0;     ///< number of recognized pages
  std::size_t left_out = 0;  ///< inputs that could not be read, and pages without an OCR result
};

/// Recognizes pages, with or without a preprocessing pipeline. Throws Error.
ReadResult read(const ReadOptions& options, const PagesRead& taken, const Events& events);

}  // namespace ocrtune::workflow
