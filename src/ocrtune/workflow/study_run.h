#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/evaluator/search.h"
#include "ocrtune/study/storage.h"
#include "ocrtune/workflow/devices_in_use.h"
#include "ocrtune/workflow/study_options.h"

namespace ocrtune::workflow {

/// What a workflow makes of a study; `existing` is the one gone on with, or nullptr.
struct StudyShape {
  std::function<SearchSettings(const StudyDefinition* existing, const Pipeline& searched,
                               std::size_t pages)>
      search;
  /// Throws where the workflow can't do what the study, as stated now, is.
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

/// A study in work. `options` and `events` must outlive it. Not thread-safe.
class StudyRun {
 public:
  StudyRun(const StudyOptions& options, StudyDefaults usual, const Events& events);

  /// Loads the pages and begins the study, or opens it where all that is stated agrees with it.
  OpenStudy open(const StudyShape& shape);

  /// Evaluates the baseline and what the study's search asks for, as far as it isn't there yet, and
  /// says what was done.
  SearchEnd search(const OpenStudy& open, std::unique_ptr<Sampler> sampler,
                   const SearchLimits& limits);

  /// Where another engine than the reference read the study, that reads baseline and best again,
  /// to confirm them.
  void confirm(const OpenStudy& open);

  /// Stock Tesseract reads the pages that were held out, as `trials` prepare them.
  void validate(const OpenStudy& open, const std::vector<const Trial*>& trials);

  /// Throws Error(invalid_argument) where the study to go on with is a screening: its points are a
  /// design, which no sampler goes on with.
  void refuse_design(const StudyDefinition* existing) const;

  /// The constraints of the options, where there are any, in the place of those that are there.
  /// Throws as parse_constraint.
  void state_constraints(SearchSettings& settings) const;

  /// True where something was stopped before its end.
  [[nodiscard]] bool interrupted() const { return interrupted_; }

  /// What it may use of the machine, found out when it was made.
  [[nodiscard]] const MemoryPlan& plan() const { return plan_; }

  /// Inputs that couldn't be read.
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  using Take = std::function<void(const Trial&, const std::vector<PageScores>&)>;

  [[nodiscard]] std::unique_ptr<Storage> existing_study() const;
  [[nodiscard]] Pipeline searched_pipeline(const Storage* existing) const;
  [[nodiscard]] StudyDefinition definition_for(const Corpus& pages, const Corpus& held_out,
                                               const Pipeline& searched, const StudyShape& shape,
                                               const Storage* existing) const;
  void state_objectives(StudyDefinition& definition) const;
  [[nodiscard]] std::string stated_reader(const Storage* existing) const;
  [[nodiscard]] ReadingOptions options_for(const StudyDefinition& definition) const;
  [[nodiscard]] Readers readers_for(const Corpus& pages, const ReadingOptions& options,
                                    const Storage* existing) const;
  static void take_over(OpenStudy& open, std::unique_ptr<Storage> storage,
                        const StudyDefinition& definition);

  /// For a study that another ocrtune, Tesseract or OpenCV began: evaluates a few of its trials
  /// again. Throws Error(study_error) where they give other results here, which would be mixed.
  void check_results(const OpenStudy& open);

  /// Evaluates finished trials once more, on any pages.
  void reread(const Corpus& pages, const StudyDefinition& definition, const ReadingOptions& options,
              const std::vector<const Trial*>& trials, const std::string& what, const Take& take);
  void note_interruption();

  const StudyOptions& options_;
  StudyDefaults usual_;
  const Events& events_;
  MemoryPlan plan_;
  DevicesInUse devices_;
  std::size_t left_out_ = 0;
  bool interrupted_ = false;
};

/// Throws Error(study_error), with what was found, where there is something that keeps a study from
/// being gone on with.
void refuse_differences(const std::string& study, const std::vector<std::string>& found);

/// The sampler that a study searches with. Throws as make_sampler.
std::unique_ptr<Sampler> sampler_of(const StudyDefinition& definition);

/// "ocrtune 0.1.0, Tesseract 5.3.0, OpenCV 4.6.0".
std::string program_text();

}  // namespace ocrtune::workflow
