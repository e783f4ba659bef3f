#pragma once

#include <memory>
#include <string>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// A CSV text that is made trial by trial, so that it need not be in memory. The definition must
/// outlive it.
class CsvOfTrials {
 public:
  virtual ~CsvOfTrials() = default;

  /// The first line.
  [[nodiscard]] virtual std::string header() const = 0;

  /// The lines of a trial. Differences to the baseline are empty before the baseline was given.
  [[nodiscard]] virtual std::string rows(const Trial& trial) = 0;
};

/// trials.csv: one row for each trial.
std::unique_ptr<CsvOfTrials> csv_of_means(const StudyDefinition& definition);
/// pages.csv: one row for each page of each trial.
std::unique_ptr<CsvOfTrials> csv_of_pages(const StudyDefinition& definition);
/// The output of `score`: as pages.csv, without labels and baseline.
std::unique_ptr<CsvOfTrials> csv_of_scores(const StudyDefinition& definition);
/// timings.csv: one row for each page of each trial, with the steps in PageTimings::steps.
std::unique_ptr<CsvOfTrials> csv_of_timings(const StudyDefinition& definition);

/// One row per page of each pruned trial, in the order of evaluation.
std::string pruned_csv(const StudyDefinition& definition, const std::vector<PrunedTrial>& trials);

}  // namespace ocrtune
