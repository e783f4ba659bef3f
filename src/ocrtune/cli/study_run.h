#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/cli/device_arguments.h"
#include "ocrtune/cli/options.h"
#include "ocrtune/evaluator/search.h"
#include "ocrtune/study/storage.h"

namespace ocrtune::cli {

/// What a command makes of a study; `existing` is the one gone on with, or nullptr.
struct StudyShape {
  std::function<SearchSettings(const StudyDefinition* existing, const Pipeline& searched,
                               std::size_t pages)>
      search;
  /// Throws where the command can't do what the study, as stated now, is.
  std::function<void(const StudyDefinition&)> check = [](const StudyDefinition&) {};
  /// How many of so many pages a new study holds out.
  std::function<std::size_t(std::size_t pages)> held_out = [](std::size_t) { return 0; };
  /// How many of the others it is tuned on at most.
  std::size_t most_pages = static_cast<std::size_t>(-1);
  /// A new study whose pages have no truth compares each reading with the page's reference.
  bool compares_readings = false;
};

/// A study with its pages at hand.
struct OpenStudy {
  std::unique_ptr<Storage> storage;
  Corpus pages;            ///< in the study's order
  Corpus held_out;         ///< the same
  ReadingOptions reading;  ///< with the study's readers
};

/// What `tune`, `screen` and `optimize` have in common: a study is begun or gone on with.
struct StudyRun {
  CorpusArguments corpus;
  ReadingArguments reading;
  PipelineArguments pipeline;
  WorkArguments work;
  DeviceArguments device;
  std::string study = "ocrtune.db";
  // Where a new study's command line states none.
  std::string preset = "standard";
  Objective objective = Objective::confidence;
  std::optional<std::uint64_t> seed;
  std::vector<std::string> objectives;
  std::vector<std::string> constraints;

  /// `several`: more than one objective may be given.
  void add_to(CLI::App& command, bool several);

  /// `--constraint`, for commands that recommend a point.
  void add_constraints(CLI::App& command);

  /// Those of the command line, where it has any, in the place of those that are there. Throws as
  /// parse_constraint.
  void state_constraints(SearchSettings& settings) const;

  /// Loads the pages and begins the study, or opens it where all that is stated agrees with it.
  OpenStudy open(Context& context, const StudyShape& shape);

  /// Evaluates the baseline and what the study's search asks for, as far as it isn't there yet, and
  /// says what was done. Sets `interrupted` where it was stopped before its end.
  SearchEnd search(Context& context, const OpenStudy& open, std::unique_ptr<Sampler> sampler,
                   const SearchLimits& limits);

  /// Where another reader than stock Tesseract read the study, that reads baseline and best again,
  /// to confirm them.
  void confirm(Context& context, const OpenStudy& open);

  /// Stock Tesseract reads the pages that were held out, as `trials` prepare them.
  void validate(Context& context, const OpenStudy& open, const std::vector<const Trial*>& trials);

  /// Throws Error(wrong_use) where the study to go on with is a screening: its points are a design,
  /// which no sampler goes on with.
  void refuse_design(const StudyDefinition* existing) const;

  bool interrupted = false;

 private:
  [[nodiscard]] std::unique_ptr<Storage> existing_study() const;
  [[nodiscard]] Pipeline searched_pipeline(const Storage* existing) const;
  [[nodiscard]] StudyDefinition definition_for(const Corpus& pages, const Corpus& held_out,
                                               const Pipeline& searched, const StudyShape& shape,
                                               const Storage* existing) const;
  void state_objectives(StudyDefinition& definition) const;
  [[nodiscard]] std::string stated_reader(const Storage* existing) const;
  [[nodiscard]] ReadingOptions options_for(const StudyDefinition& definition) const;
  Readers readers_for(Context& context, const Corpus& pages, const ReadingOptions& options,
                      const Storage* existing) const;

  /// For a study that another ocrtune, Tesseract or OpenCV began: evaluates a few of its trials
  /// again. Throws Error(study_error) where they give other results here, which would be mixed.
  void check_results(Context& context, const OpenStudy& open);

  /// Evaluates finished trials once more, on any pages.
  void reread(Context& context, const Corpus& pages, const StudyDefinition& definition,
              const ReadingOptions& options, const std::vector<const Trial*>& trials,
              const std::string& what,
              const std::function<void(const Trial&, const std::vector<PageScores>&)>& take);
  void note_interruption(Context& context);
};

/// The sampler that a study searches with. Throws as make_sampler.
std::unique_ptr<Sampler> sampler_of(const StudyDefinition& definition);

/// "ocrtune 0.1.0, Tesseract 5.3.0, OpenCV 4.6.0".
std::string program_text();

}  // namespace ocrtune::cli
