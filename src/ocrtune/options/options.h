#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "ocrtune/base/events.h"
#include "ocrtune/corpus/corpus.h"
#include "ocrtune/image/image.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/options/option.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune {
struct MemoryPlan;
}

namespace ocrtune::workflow {

/// Options for the selection of pages.
struct PagesOptions {
  /// Files, folders (searched recursively), glob patterns, URLs, CSV manifests, or "-" for a list
  /// on `list`.
  std::vector<std::string> inputs;
  std::optional<std::string> numbers;  ///< of the pages that are wanted, see PageRanges; empty: all
  std::optional<std::string> lang;  ///< default language in Tesseract's notation, such as "eng+fra"
  std::optional<int> pdf_dpi;       ///< resolution for rendering PDF pages
  std::optional<int> dpi;           ///< of images that do not state their resolution
  bool split_double_pages = false;  ///< as DecodeLimits
  std::istream* list = nullptr;     ///< null: an empty list
  /// Pages in memory by the names that `inputs` has for them; no file is looked for under these.
  std::map<std::string, Image> images = {};
  /// A folder in which no pages are looked for, or a file that is none, that of the output; empty:
  /// none.
  std::filesystem::path without = {};
};

/// The same, with the folder of a command's output in which no pages are looked for.
PagesOptions outside_of(const std::string& output, PagesOptions pages);

/// The language of pages if nothing states another.
inline constexpr const char* kUsualLanguage = "eng";

/// --lang.
Option lang_option(std::optional<std::string>& lang);

/// --dpi of commands that write pages.
Option dpi_option(PagesOptions& options);

/// --split-double-pages of commands that write pages.
Option split_double_pages_option(PagesOptions& options);

/// The option table for pages; it points into `options`, which must outlive it.
Options options_of(PagesOptions& options);

/// Pages that were loaded.
struct LoadedPages {
  Corpus corpus;             ///< pages that could be loaded
  std::size_t left_out = 0;  ///< number of inputs that could not be loaded; a warning was given for
                             ///< each
};

/// How pages are loaded. `lang`: of pages whose manifest names none.
CorpusOptions corpus_options(const PagesOptions& options, const MemoryPlan& plan, bool in_colour,
                             const std::string& lang);

/// Chooses among the files of the inputs, which are loaded with these options; may add problems.
using FileSelection = std::function<std::vector<InputFile>(
    std::vector<InputFile> files, const CorpusOptions&, std::vector<Problem>&)>;

/// Loads pages. `in_colour`: with colours. `usual_lang` is the default language if neither page nor
/// options give one; `select`: by default all files. Throws Error(input_unreadable) if no page is
/// left, Error(dependency_missing) if the model of a page's language is missing.
LoadedPages load_pages(const PagesOptions& options, const Events& events, const MemoryPlan& plan,
                       const std::string& tessdata, bool in_colour,
                       const std::string& usual_lang = kUsualLanguage,
                       const FileSelection& select = {});

/// OCR settings and engine.
struct OcrOptions {
  std::optional<int> psm;  ///< Tesseract's page segmentation mode, 1 to 13 without 2; empty: 6
  /// Tesseract's OCR engine mode: 0 legacy, 1 LSTM, 2 both, 3 the available ones; empty: 1.
  std::optional<int> oem;
  std::optional<int> max_width;       ///< px; wider images are reduced to this width
  std::optional<std::string> engine;  ///< "auto" or the name of an engine
  std::string tessdata;               ///< folder; empty: Tesseract's default

  /// True if a particular engine is requested; `auto`, the default, is not.
  [[nodiscard]] bool states_engine() const { return engine && *engine != kAutomaticEngine; }
};

/// The option table for OCR; it points into `options`, which must outlive it.
Options options_of(OcrOptions& options);

/// --tessdata alone, of commands whose other settings are stated elsewhere.
Options tessdata_option(OcrOptions& options);

/// The settings of recognizers, with the defaults of RecognitionOptions. Throws
/// Error(invalid_argument) for an unknown engine.
RecognitionOptions ocr_options(const OcrOptions& options);

/// ocr_options() with the engine of each language, as selected_engines (engines_in_use.h) chooses
/// it.
RecognitionOptions resolved(const OcrOptions& options, const Events& events,
                            const std::vector<std::string>& languages);

/// Options for the pipeline, and its fixed and free parameters.
struct PipelineOptions {
  std::optional<std::string> pipeline;  ///< name of a preset, or a TOML file
  std::vector<std::string> set;         ///< NAME=VALUE
  std::vector<std::string> free;  ///< NAME, NAME=LOW:HIGH, NAME=LOW:HIGH:STEP, NAME=LOW:HIGH:log
};

/// `usual` is the default pipeline; `searched`: free parameters are searched.
Options options_of(PipelineOptions& options, const std::string& usual, bool searched);

/// The pipeline with the requested changes. Throws Error, naming the invalid option.
Pipeline stated_pipeline(const PipelineOptions& options, const std::string& usual);

/// Options for threads and memory.
struct WorkOptions {
  /// Worker threads; empty: one per core, and half as many more if hardware threads share cores.
  std::optional<int> jobs;
  std::optional<std::size_t> memory;  ///< bytes
};

/// The option table for threads and memory; it points into `options`, which must outlive it.
Options options_of(WorkOptions& options);

/// The requested resources, or those of the machine that this process may use. The memory of
/// external engines is counted: the one that `ocr` names and those with the names `further`;
/// `models`: how many models of Tesseract each worker has.
MemoryPlan plan_work(const WorkOptions& options, const OcrOptions& ocr = {},
                     const std::set<std::string>& further = {}, std::size_t models = 1);

/// Devices for stages and for the networks of engines: "cpu", "opencl", "cuda:0,cuda:1"; for stages
/// also "auto".
struct DeviceOptions {
  std::string device = "cpu";      ///< for stages
  std::string ocr_device = "cpu";  ///< for networks of engines, without "auto"
};

/// `reads`: with the option for engines.
Options options_of(DeviceOptions& options, bool reads = true);

}  // namespace ocrtune::workflow
