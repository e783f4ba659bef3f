#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// Gets one step on a page's way through a trial; `step` lives as long as the call.
using StepVisitor =
    std::function<void(std::size_t number, std::size_t page, const StepTiming& step)>;

/// How many trials a study has, the baseline counted.
struct TrialCounts {
  std::size_t finished = 0;  ///< with results on every page
  std::size_t pruned = 0;    ///< stopped before their end
};

/// That a trial was written, for who follows a study.
struct WrittenTrial {
  std::int64_t mark = 0;         ///< grows with each trial that is written; from 1 on
  std::size_t number = 0;        ///< the trial's
  bool pruned = false;           ///< stopped early
  std::int64_t finished_us = 0;  ///< microseconds since 1970, UTC
};

/// Where a study lives. What it promises:
/// - A trial is written whole or not at all, and is durable when `append` returns: neither a killed
///   process nor a power cut loses it.
/// - A trial's number is written once. A second writer of the same number fails and changes
/// nothing.
/// - Finished trials are never changed.
/// - Reading needs no permission to write.
/// Every error is Error(study_error) with one line that names the storage. Not thread-safe.
class Storage {
 public:
  virtual ~Storage() = default;

  /// What the study is; only locate() and continue_with() change it.
  [[nodiscard]] virtual const StudyDefinition& definition() const = 0;

  /// All finished trials of this program, by number, without their steps.
  [[nodiscard]] virtual std::vector<Trial> trials() const = 0;

  /// All trials that were stopped early, by number.
  [[nodiscard]] virtual std::vector<PrunedTrial> pruned() const = 0;

  /// The finished trial of a number, without its steps and without reading the others; nothing
  /// where there is none.
  [[nodiscard]] virtual std::optional<Trial> trial(std::size_t number) const = 0;

  /// Without reading them.
  [[nodiscard]] virtual TrialCounts counts() const = 0;

  /// The trials after the one of this mark (0: from the first on), in the order they were written,
  /// at most `most`.
  [[nodiscard]] virtual std::vector<WrittenTrial> written_after(std::int64_t mark,
                                                                std::size_t most) const = 0;

  /// Calls `visit` for every step of every finished trial, by number, page and place on the page's
  /// way, without keeping them: 600,000 are usual. Trials that were finished since trials() was
  /// asked are among them. A trial has steps on all pages or on none.
  virtual void each_step(const StepVisitor& visit) const = 0;

  /// The confirmations there are; none in a study that stock Tesseract read.
  [[nodiscard]] virtual Confirmations confirmations() const = 0;

  /// What the best trials gave on the pages that were held out, in the order of the definition's.
  [[nodiscard]] virtual Confirmations validations() const = 0;

  /// Trials that other programs (Optuna) have added to the study.
  [[nodiscard]] virtual int foreign_trials() const = 0;

  /// Keeps where the pages' files are now (PageRecord::file, file_page, truth_file), each list in
  /// the definition's order. Nothing is written where they are where they were.
  virtual void locate(const std::vector<PageRecord>& pages,
                      const std::vector<PageRecord>& held_out) = 0;

  /// Keeps that `program` evaluates trial `number` and those after it (with_program).
  virtual void continue_with(const std::string& program, std::size_t number) = 0;

  /// Steps are kept where every page has some.
  virtual void append(const Trial& trial) = 0;
  /// The same of a trial that was stopped early, without its steps.
  virtual void append(const PrunedTrial& trial) = 0;

  /// Keeps what stock Tesseract gave on each page of a finished trial, whole or not at all, durable
  /// when it returns. One that is there stays as it is.
  virtual void confirm(std::size_t number, const std::vector<PageScores>& pages) = 0;

  /// Keeps what a finished trial gave on each page that was held out, as confirm().
  virtual void validate(std::size_t number, const std::vector<PageScores>& pages) = 0;
};

/// Begins a study in a new SQLite file, which Optuna 3.0 and later can open too.
std::unique_ptr<Storage> create_study(const std::string& study, const StudyDefinition& definition);

/// Opens a study to go on with.
std::unique_ptr<Storage> open_study(const std::string& study);

/// Opens a study to look at.
std::unique_ptr<Storage> view_study(const std::string& study);

/// True where there is a study or anything else, false where it is absent, empty or a database
/// without tables.
bool study_exists(const std::string& study);

}  // namespace ocrtune
