#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ocrtune/storage/reconnection.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Gets one step of a page in a trial; `step` is valid during the call only.
using StepVisitor =
    std::function<void(std::size_t number, std::size_t page, const StepTiming& step)>;

/// Gets a trial, which it may keep.
using TrialVisitor = std::function<void(Trial&& trial)>;

/// Whether trials are read with the steps of their pages (PageTimings::steps).
enum class TrialSteps : bool { left_out, read };

/// Number of trials of a study, including the baseline.
struct TrialCounts {
  std::size_t finished = 0;  ///< with results on every page
  std::size_t pruned = 0;    ///< stopped before their end
};

/// A record that a trial was written, for observers of a study.
struct WrittenTrial {
  std::int64_t mark = 0;         ///< increases with each trial that is written; from 1 on
  std::size_t number = 0;        ///< the trial's
  bool pruned = false;           ///< pruned
  std::int64_t finished_us = 0;  ///< microseconds since 1970, UTC
};

/// The pages that a study is tuned on, or those reserved for validation.
enum class PagesOfStudy : bool { tuned, held_out };

/// By the number of a page in the definition, its reference: the text that its OCR results are
/// compared with. Nothing for a page that no pipeline can recognize.
using KeptReferences = std::map<std::size_t, std::optional<std::string>>;

/// What an OCR result of a page is kept by.
struct PageResultKey {
  PagesOfStudy which = PagesOfStudy::tuned;  ///< that the page is one of
  std::size_t page = 0;                      ///< in the definition
  std::string pipeline;                      ///< identity of the pipeline and its engine
  bool by_columns = false;  ///< recognized in page segmentation mode 3 where it would be 6
};

/// An OCR result of a page, as its reader writes it.
struct KeptPageResult {
  PageResultKey key;  ///< what it is kept by
  std::string text;   ///< in the format of its reader
};

/// Storage of a study. Guarantees:
/// - A trial is written completely or not at all, and is durable when `append` returns: neither a
///   killed process nor a power failure loses it.
/// - A trial's number is written once. A second writer of the same number fails and changes
///   nothing.
/// - Finished trials are never changed.
/// - Reading needs no write permission.
///
/// Every error is Error(study_error) with one line that names the storage; one that was opened for
/// writing fails once its file is deleted. Not thread-safe.
class Storage {
 public:
  virtual ~Storage() = default;

  /// From now on, functions do what they have to do again if the connection to the server is lost;
  /// each_step() does not. Of a study in a file, nothing changes.
  virtual void set_reconnection(const Reconnection& reconnection) = 0;

  /// The study's definition; only locate(), continue_with() and plan() change it.
  [[nodiscard]] virtual const StudyDefinition& definition() const = 0;

  /// Calls `visit` for every finished trial of ocrtune, by number, with few of them in memory at a
  /// time. Each is visited once, also if the connection is lost meanwhile. `visit` may call other
  /// functions of the storage.
  virtual void each_trial(const TrialVisitor& visit, TrialSteps steps) const = 0;
  /// The same, without their steps.
  void each_trial(const TrialVisitor& visit) const { each_trial(visit, TrialSteps::left_out); }

  /// All finished trials of ocrtune, by number, without their steps: about 1 kB for each page of
  /// each trial.
  [[nodiscard]] std::vector<Trial> trials() const {
    std::vector<Trial> all;
    each_trial([&](Trial&& trial) { all.push_back(std::move(trial)); });
    return all;
  }

  /// All pruned trials, by number.
  [[nodiscard]] virtual std::vector<PrunedTrial> pruned() const = 0;

  /// The finished trial with a number, without loading the others; nothing if there is none.
  [[nodiscard]] virtual std::optional<Trial> trial(std::size_t number, TrialSteps steps) const = 0;
  /// The same, without its steps.
  [[nodiscard]] std::optional<Trial> trial(std::size_t number) const {
    return trial(number, TrialSteps::left_out);
  }

  /// The finished trials with numbers from `first` to `last`, by number, without their steps and
  /// without loading the others.
  [[nodiscard]] virtual std::vector<Trial> trials_between(std::size_t first,
                                                          std::size_t last) const = 0;

  /// The numbers of trials, without loading these.
  [[nodiscard]] virtual TrialCounts counts() const = 0;

  /// The trials after the one with this mark (0: from the first on), in the order they were
  /// written, at most `most`.
  [[nodiscard]] virtual std::vector<WrittenTrial> written_after(std::int64_t mark,
                                                                std::size_t most) const = 0;

  /// Calls `visit` for every step of every finished trial, by number, page and position on the
  /// page, without storing them: 600,000 are usual. Includes trials that were finished after the
  /// call of trials(). A trial has steps on all pages or on none.
  virtual void each_step(const StepVisitor& visit) const = 0;

  /// The stored confirmations; none in a study that used Tesseract.
  [[nodiscard]] virtual Confirmations confirmations() const = 0;

  /// Scores of the best trials on the validation pages, in the order of the definition.
  [[nodiscard]] virtual Confirmations validations() const = 0;

  /// The references that were stored so far.
  [[nodiscard]] virtual KeptReferences references(PagesOfStudy which) const = 0;

  /// The OCR result of a page that was stored; nothing if there is none.
  [[nodiscard]] virtual std::optional<std::string> page_result(const PageResultKey& key) const = 0;

  /// The last verdict that was stored; nothing if there is none.
  [[nodiscard]] virtual std::optional<std::string> verdict() const = 0;

  /// Number of trials that other programs (Optuna) have added to the study.
  [[nodiscard]] virtual int foreign_trials() const = 0;

  /// Stores the files of the pages (PageRecord::file, file_page, truth_file), each list in the
  /// definition's order. Writes nothing if they are unchanged.
  virtual void locate(const std::vector<PageRecord>& pages,
                      const std::vector<PageRecord>& held_out) = 0;

  /// Stores that `program` evaluates trial `number` and those after it (with_program).
  virtual void continue_with(const std::string& program, std::size_t number) = 0;

  /// Stores how many points the study is to have (SearchSettings::planned). Writes nothing if it is
  /// unchanged.
  virtual void plan(std::size_t points) = 0;

  /// Appends a finished trial. Its steps are stored if every page has some.
  virtual void append(const Trial& trial) = 0;
  /// Appends a pruned trial, without its steps.
  virtual void append(const PrunedTrial& trial) = 0;

  /// Stores Tesseract's scores of each page of a finished trial, completely or not at all, and
  /// durable when it returns. Existing ones are not changed.
  virtual void confirm(std::size_t number, const std::vector<PageScores>& pages) = 0;

  /// Stores a finished trial's scores on each validation page, as confirm().
  virtual void validate(std::size_t number, const std::vector<PageScores>& pages) = 0;

  /// Stores the reference of a page, durable when it returns. An existing one is not changed.
  virtual void keep_reference(PagesOfStudy which, std::size_t page,
                              const std::optional<std::string>& text) = 0;

  /// Stores OCR results, all or none, durable when it returns. Existing ones are not changed.
  virtual void keep_page_results(const std::vector<KeptPageResult>& results) = 0;

  /// Stores the verdict instead of an earlier one, durable when it returns.
  virtual void keep_verdict(const std::string& text) = 0;
};

/// Creates a study, which Optuna 3.0 and later can open too: in a new SQLite file, or in a schema
/// of its own on a PostgreSQL server if `study` is an address (postgresql_place.h). Opens the one
/// that another process has created meanwhile, which may have another definition. So do the
/// following functions; for an address they throw Error(invalid_argument) if it is not valid, and
/// Error(study_error) if there is no connection.
std::unique_ptr<Storage> create_study(const std::string& study, const StudyDefinition& definition);

/// Opens a study for writing, and sets its reconnection.
std::unique_ptr<Storage> open_study(const std::string& study,
                                    const Reconnection& reconnection = {});

/// Opens a study read-only, and sets its reconnection.
std::unique_ptr<Storage> view_study(const std::string& study,
                                    const Reconnection& reconnection = {});

/// True if there is a study, or a file has other content; false if there is none, or a file is
/// empty or a database without tables.
bool study_exists(const std::string& study, const Reconnection& reconnection = {});

/// What a study is called in reports: its file's name, or that in an address. Throws
/// Error(invalid_argument) for an address that is not valid.
std::string study_name(const std::string& study);

}  // namespace ocrtune
