#pragma once

#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/workflow/events.h"
#include "ocrtune/workflow/option.h"

namespace ocrtune {
struct MemoryPlan;
}

namespace ocrtune::workflow {

/// Which pages.
struct PagesOptions {
  /// Files, folders (searched through), glob patterns, CSV manifests, or "-" for a list on
  /// `list`.
  std::vector<std::string> inputs;
  std::optional<std::string> lang;  ///< Tesseract's, of pages that state none; "eng+fra"
  std::optional<int> pdf_dpi;       ///< PDF pages are rendered at
  std::istream* list = nullptr;     ///< null: an empty one
};

/// The options for pages; they point into `options`, which must outlive them.
Options options_of(PagesOptions& options);

/// Pages that could be read.
struct LoadedPages {
  Corpus corpus;             ///< those that could be read
  std::size_t left_out = 0;  ///< inputs that couldn't; each was warned of
};

/// `in_colour`: with the pages' colours. `usual_lang` is for pages that state no language where the
/// options don't either. Throws Error(input_unreadable) where no page is left,
/// Error(dependency_missing) where the language of a page is missing.
LoadedPages load_pages(const PagesOptions& options, const Events& events, const MemoryPlan& plan,
                       const std::string& tessdata, bool in_colour,
                       const std::string& usual_lang = "eng");

/// What Tesseract is told, and who reads.
struct OcrOptions {
  std::optional<int> psm;  ///< Tesseract's page segmentation mode, 1 to 13 but for 2; none: 6
  /// Tesseract's engine: 0 legacy, 1 LSTM, 2 both, 3 what there is; none: 1.
  std::optional<int> oem;
  std::optional<int> max_width;       ///< px; wider pages are read at this width
  std::optional<std::string> reader;  ///< "auto", or an engine's name
  std::string tessdata;               ///< folder; empty: Tesseract's own

  /// True where one reader is asked for; `auto`, which is also the default, asks for none.
  [[nodiscard]] bool states_reader() const { return reader && *reader != kAutomaticReader; }
};

/// The options for reading; they point into `options`, which must outlive them.
Options options_of(OcrOptions& options);

/// What a recognizer is told; what isn't stated is ReadingOptions' own. Throws
/// Error(invalid_argument) for a reader there isn't.
ReadingOptions reading_options(const OcrOptions& options);

/// reading_options() with the reader of each language of the pages, as settled_readers
/// (reader_choice.h) finds them.
ReadingOptions settled(const OcrOptions& options, const Events& events, const Corpus& corpus);

/// Which pipeline, and what in it is fixed or free.
struct PipelineOptions {
  std::optional<std::string> pipeline;  ///< a preset's name or a TOML file
  std::vector<std::string> set;         ///< NAME=VALUE
  std::vector<std::string> free;  ///< NAME, NAME=LOW:HIGH, NAME=LOW:HIGH:STEP, NAME=LOW:HIGH:log
};

/// `usual` is the pipeline where none is stated; `searched`: free parameters are varied.
Options options_of(PipelineOptions& options, const std::string& usual, bool searched);

/// The pipeline, changed as asked. Throws Error naming the option that is wrong.
Pipeline stated_pipeline(const PipelineOptions& options, const std::string& usual);

/// How many threads, and how much memory.
struct WorkOptions {
  /// Worker threads; none: one a core, half as many more where its threads share cores.
  std::optional<int> jobs;
  std::optional<std::size_t> memory;  ///< bytes
};

/// The options for threads and memory; they point into `options`, which must outlive them.
Options options_of(WorkOptions& options);

/// What was asked for, or what this process may use of the machine now.
MemoryPlan plan_work(const WorkOptions& options);

/// Where stages run, and the networks of readers that can: "cpu", "opencl", "cuda:0,cuda:1"; stages
/// also "auto".
struct DeviceOptions {
  std::string device = "cpu";          ///< of the stages
  std::string reading_device = "cpu";  ///< of the readers' networks; "auto" isn't one
};

/// `reads`: with that of the reader.
Options options_of(DeviceOptions& options, bool reads = true);

}  // namespace ocrtune::workflow
