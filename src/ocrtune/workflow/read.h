#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "ocrtune/apply/ocr_formats.h"
#include "ocrtune/documents/ocr_result.h"
#include "ocrtune/options/options.h"
#include "ocrtune/pdf/add_text.h"

namespace ocrtune::workflow {

/// The usual pipeline of `read`.
inline constexpr const char* kReadPipeline = "raw";

/// Levels of --optimize, each with what those before it do.
inline constexpr const char* kImagesAsTheyAre = "0";
inline constexpr const char* kSmallerImages = "1";  ///< without loss
inline constexpr const char* kLayeredPages = "2";   ///< of `clean`

/// Options of `read`.
struct ReadOptions {
  PagesOptions pages;                              ///< pages to recognize
  PipelineOptions pipeline;                        ///< default: `raw`
  std::string output;                              ///< folder; empty: no files are written
  std::vector<std::string> formats{"text"};        ///< of apply/ocr_formats.h
  bool split = false;                              ///< one PDF for each page instead of each file
  std::string existing_text = kUsualExistingText;  ///< of existing_text_names()
  std::string optimize = kImagesAsTheyAre;         ///< or kSmallerImages, of PDFs that are kept
  OcrOptions ocr;                                  ///< OCR settings
  WorkOptions work;                                ///< threads and memory
  DeviceOptions devices;                           ///< for stages and engines
};

/// The option table of `read`; it points into `options`, which must outlive it.
Options options_of(ReadOptions& options);

/// The format of which a file has one, unless it is split.
inline constexpr const char* kPdfFormat = "pdf";
/// That of plain text.
inline constexpr const char* kTextFormat = "text";

/// True if the pages of a file are put together in one PDF.
bool joins_pages(const std::vector<std::string>& formats, bool split);

/// --format of `read` and `apply`.
Option format_option(std::vector<std::string>& formats);

/// --split of `read` and `apply`.
Option split_option(bool& split);

/// --existing-text of `read` and `apply`.
Option existing_text_option(std::string& name);

/// --optimize of `read` and `apply`.
Option optimize_option(std::string& level);

/// OCR result of a page.
struct PageRead {
  const Page* page = nullptr;  ///< not null; valid during the callback only
  std::string engine;          ///< the engine's name
  OcrResult ocr_result;        ///< words with bounding boxes in px of the original page
  /// The model it should have been recognized with: of another language, see unexpected_language(),
  /// or of vertical text, see vertical_model(); empty if there is none.
  std::string other_lang;
  std::vector<std::string> texts;  ///< one for each format; empty for the PDF of a file
};

/// Callbacks for recognized pages, called from the thread that called read().
struct PagesRead {
  /// Called before the first page, with the numbers of pages and of their files. An exception ends
  /// the work.
  std::function<void(std::size_t pages, std::size_t files)> begin = [](std::size_t, std::size_t) {};
  /// Called for each recognized page. An exception ends the work.
  std::function<void(const PageRead&)> page = [](const PageRead&) {};
  /// Called for the PDF of each file if there is no output folder.
  std::function<void(const std::filesystem::path&)> document = [](const std::filesystem::path&) {};
};

/// Result of `read`.
struct ReadResult {
  std::size_t pages = 0;     ///< number of recognized pages
  std::size_t left_out = 0;  ///< inputs that could not be read, and pages without an OCR result
};

/// Recognizes pages, with or without a preprocessing pipeline. Throws Error.
ReadResult read(const ReadOptions& options, const PagesRead& taken, const Events& events);

}  // namespace ocrtune::workflow
