#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/cli/context.h"
#include "ocrtune/evaluator/memory.h"
#include "ocrtune/image/corpus.h"
#include "ocrtune/ocr/recognizer.h"
#include "ocrtune/pipeline/pipeline.h"

namespace ocrtune::cli {

/// Which pages. What can't be read is complained about, one line each, and counted.
struct CorpusArguments {
  std::vector<std::string> inputs;
  std::optional<std::string> lang;
  std::optional<int> pdf_dpi;

  void add_to(CLI::App& command);

  /// `in_colour`: with the pages' colours. `standard_lang` is for pages that state no language
  /// where the command line doesn't either. Throws Error(input_unreadable) where no page is left,
  /// Error(dependency_missing) where the language of a page is missing.
  Corpus load(Context& context, const MemoryPlan& plan, const std::string& tessdata, bool in_colour,
              const std::string& standard_lang = "eng");

  std::size_t problem_count = 0;

  /// input_unreadable where some pages were left out, else done.
  [[nodiscard]] ExitStatus status() const;
};

/// What Tesseract is told.
struct ReadingArguments {
  std::optional<int> psm;
  std::optional<int> oem;
  std::optional<int> max_width;
  std::optional<std::string> reader;
  std::string tessdata;

  void add_to(CLI::App& command);

  [[nodiscard]] ReadingOptions options() const;

  /// True where one reader is asked for; `auto`, which is also the default, asks for none.
  [[nodiscard]] bool states_reader() const { return reader && *reader != "auto"; }
  /// The options with the reader of each language of the pages, as settled_readers
  /// (reader_choice.h) finds them.
  ReadingOptions settled(Context& context, const Corpus& corpus) const;

  /// The options as given, to be repeated in another command: " --psm 4".
  [[nodiscard]] std::string repeated() const;
};

/// Which pipeline, and what in it is fixed or free.
struct PipelineArguments {
  std::optional<std::string> pipeline;
  std::vector<std::string> set;
  std::vector<std::string> free;

  /// `searched`: the command varies free parameters, so --free makes sense.
  void add_to(CLI::App& command, const std::string& standard, bool searched);

  /// The pipeline of that name or file (`standard` where none was given), changed as asked.
  [[nodiscard]] Pipeline load(const std::string& standard) const;
};

/// How many threads, and how much memory.
struct WorkArguments {
  std::optional<int> jobs;
  std::optional<std::string> memory;

  void add_to(CLI::App& command);

  /// What was asked for, or what this process may use of the machine now; worked out once.
  const MemoryPlan& plan();

 private:
  std::optional<MemoryPlan> plan_;
};

}  // namespace ocrtune::cli
