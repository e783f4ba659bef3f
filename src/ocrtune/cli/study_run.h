#pragma once

#include <CLI/App.hpp>
#include <memory>
#include <optional>
#include <string>

#include "ocrtune/cli/options.h"
#include "ocrtune/study/storage.h"

namespace ocrtune::cli {

/// A screening as `tune` and `screen` run it.
struct StudyRun {
  CorpusArguments corpus;
  ReadingArguments reading;
  PipelineArguments pipeline;
  WorkArguments work;
  std::string study = "ocrtune.db";
  int exponent = 6;
  std::optional<std::uint64_t> seed;
  std::optional<std::string> objective;

  void add_to(CLI::App& command);

  /// Baseline, then every point of the design that the study doesn't have yet; where another reader
  /// than stock Tesseract read them, that reads baseline and best again, to confirm them. Returns
  /// the study, with `interrupted` set where it was stopped before its end.
  std::unique_ptr<Storage> run(Context& context);

  bool interrupted = false;

 private:
  [[nodiscard]] std::unique_ptr<Storage> existing_study() const;
  [[nodiscard]] Pipeline searched_pipeline(const Storage* existing) const;
  [[nodiscard]] StudyDefinition definition_for(const Corpus& pages, const Pipeline& searched,
                                               const Storage* existing) const;
  [[nodiscard]] std::string stated_reader(const Storage* existing) const;
  [[nodiscard]] ReadingOptions options_for(const StudyDefinition& definition) const;
  Readers readers_for(Context& context, const Corpus& pages, const ReadingOptions& options,
                      const Storage* existing) const;
  void evaluate(Context& context, const Corpus& corpus, const ReadingOptions& options,
                Storage& storage);
  void confirm(Context& context, const Corpus& corpus, ReadingOptions options, Storage& storage);
  void note_interruption(Context& context);
};

/// "ocrtune 0.1.0, Tesseract 5.3.0, OpenCV 4.6.0".
std::string program_text();

}  // namespace ocrtune::cli
