#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/options/devices_in_use.h"
#include "ocrtune/options/study_options.h"
#include "ocrtune/options/trial_reports.h"
#include "ocrtune/search/search.h"
#include "ocrtune/storage/storage.h"
#include "ocrtune/storage/study_lock.h"
#include "ocrtune/study_run/study_pages.h"

namespace ocrtune::workflow {

/// Differences between workflows that run a study; `existing` is the study to resume, or nullptr.
struct StudyShape {
  std::function<SearchSettings(const StudyDefinition* existing, const Pipeline& searched,
                               std::size_t pages)>
      search;
  /// Throws if the workflow does not support the study with the given options.
  std::function<void(const StudyDefinition&)> check = [](const StudyDefinition&) {};
  /// Throws if the workflow cannot be done with these pages; before anything of it is.
  std::function<void(const Corpus& pages, const Corpus& held_out)> check_pages =
      [](const Corpus&, const Corpus&) {};
  /// An option that needs pages with ground truth, besides those that all studies have.
  std::optional<OptionValue> of_truth = {};
  /// The number of validation pages of a new study, given the number of all pages.
  std::function<std::size_t(std::size_t pages)> held_out = [](std::size_t) { return 0; };
  /// Maximum number of tuning pages: a new study of a larger collection uses a sample of its pages.
  std::optional<std::size_t> max_pages = {};
  /// A new study whose pages have no ground truth compares each OCR result with the page's
  /// reference.
  bool compares_ocr_results = false;
  /// Of a worker: the references of the process that drives the study. The study is not changed.
  std::optional<References> joins = {};
  /// The program that evaluated the trials of a new study; empty: this one.
  std::string program = {};
};

/// A study with its loaded pages.
struct OpenStudy {
  std::shared_ptr<const StudyLock> lock;  ///< null for a worker and for a study on a server
  std::unique_ptr<Storage> storage;
  Corpus pages;                              ///< in the study's order
  Corpus held_out;                           ///< validation pages, in the study's order
  RecognitionOptions recognition;            ///< with the study's engines
  References references = References::none;  ///< pages that have references
};

/// A study in progress. `options` and `events` must outlive it. Not thread-safe.
class StudyRun {
 public:
  StudyRun(const StudyOptions& options, StudyDefaults usual, const Events& events);

  /// Loads the pages and creates the study, or opens it if it matches all given options. Throws at
  /// once as lock_study.
  OpenStudy open(const StudyShape& shape);

  /// Loads the pages of an existing study as a worker of it needs them, with the references that
  /// the process has that drives it. Throws Error(study_error) if they are not those of the study,
  /// or if there is none.
  OpenStudy join(References references);

  /// Evaluates the baseline and the points of the study's search, as far as they are missing, and
  /// reports the result.
  SearchEnd search(const OpenStudy& open, std::unique_ptr<Sampler> sampler,
                   const SearchLimits& limits, const TrialReports& reports = {});

  /// If the study used another engine than the reference engine, evaluates baseline and best trial
  /// again with the reference engine, to confirm them. `trials`: all finished ones of the study.
  void confirm(const OpenStudy& open, const TrialScores& trials);

  /// Evaluates `trials` on the validation pages with Tesseract.
  void validate(const OpenStudy& open, const std::vector<const Trial*>& trials);

  /// Throws Error(invalid_argument) if the study to resume is a screening: no sampler can continue
  /// its design.
  void refuse_design(const StudyDefinition* existing) const;

  /// Replaces the constraints by those of the options, if there are any. Throws as
  /// parse_constraint.
  void state_constraints(SearchSettings& settings) const;

  /// True if some work was stopped early.
  [[nodiscard]] bool interrupted() const { return interrupted_; }

  /// The resources that it may use, determined in the constructor.
  [[nodiscard]] const MemoryPlan& plan() const { return plan_; }

  /// Number of inputs that could not be read.
  [[nodiscard]] std::size_t left_out() const { return left_out_; }

 private:
  using Take = std::function<void(const Trial&, const std::vector<PageScores>&)>;

  /// The pages of the existing study or, for a new one (nullptr), those that it shall have.
  StudyPages load(const StudyShape& shape, const Pipeline& searched, const Storage* existing);
  SearchEnd search_with(TrialEvaluator& evaluator, const OpenStudy& open,
                        std::unique_ptr<Sampler> sampler, const SearchLimits& limits,
                        const TrialReports& reports);
  [[nodiscard]] std::unique_ptr<Storage> existing_study() const;
  [[nodiscard]] Pipeline searched_pipeline(const Storage* existing) const;
  [[nodiscard]] StudyDefinition definition_for(const Corpus& pages, const Corpus& held_out,
                                               const Pipeline& searched, const StudyShape& shape,
                                               const Storage* existing) const;
  void state_objectives(StudyDefinition& definition) const;
  [[nodiscard]] std::string stated_engine(const Storage* existing) const;
  [[nodiscard]] RecognitionOptions options_for(const StudyDefinition& definition) const;
  [[nodiscard]] LanguageEngines engines_for(const Corpus& pages, const RecognitionOptions& options,
                                            const Storage* existing) const;
  static void take_over(OpenStudy& open, std::unique_ptr<Storage> storage,
                        const StudyDefinition& definition, bool locates);

  /// For a study created by another version of ocrtune, Tesseract or OpenCV: evaluates a few of its
  /// trials again. Throws Error(study_error) if the results differ, because they would be mixed.
  void check_results(const OpenStudy& open);

  /// Evaluates finished trials again, on any pages.
  void reread(const Corpus& pages, const StudyDefinition& definition,
              const RecognitionOptions& options, const std::vector<const Trial*>& trials,
              const std::string& what, const Take& take);
  void note_interruption();

  const StudyOptions& options_;
  StudyDefaults usual_;
  const Events& events_;
  MemoryPlan plan_;
  DevicesInUse devices_;
  std::size_t left_out_ = 0;
  bool interrupted_ = false;
};

/// Throws Error(study_error) with the differences if there are any, as they prevent the study from
/// being resumed.
void refuse_differences(const std::string& study, const std::vector<std::string>& found);

/// The sampler of a study. Throws as make_sampler.
std::unique_ptr<Sampler> sampler_of(const StudyDefinition& definition);

/// "ocrtune 0.1.0, Tesseract 5.3.0, OpenCV 4.6.0".
std::string program_text();

}  // namespace ocrtune::workflow
