#pragma once

#include <cstddef>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "ocrtune/analysis/trial_scores.h"
#include "ocrtune/metrics/page_result.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/storage/storage.h"

namespace ocrtune {

/// A number that a stage measured of a page before it ran (Stage::measured), or that it chose by
/// that (Stage::chosen).
struct StageMeasurement {
  std::string
      name;  ///< "denoise_nlm.noise", "denoise_nlm.search"; "denoise_nlm_2.…" of a second use
  double value = 0;                                          ///< in the stage's unit
  bool operator==(const StageMeasurement&) const = default;  ///< equal in every field
};

/// The names of all measurements that trials of a pipeline may have, in its order.
std::vector<std::string> measurement_names(const Pipeline& pipeline);

/// The measurements of a page. `pipeline` is fixed at the trial's point, `steps` are the page's;
/// those that were not stored are left out.
std::vector<StageMeasurement> measurements_of(const Pipeline& pipeline,
                                              const std::vector<StepTiming>& steps);

/// An object of the values by their names.
nlohmann::json measurements_json(const std::vector<StageMeasurement>& measurements);

/// What the stages of one trial measured, page by page.
struct TrialMeasurements {
  /// A page of the study and its measurements.
  struct OfPage {
    std::string page;                            ///< name of the page
    std::vector<StageMeasurement> measurements;  ///< in the order of the pipeline
  };
  std::size_t number = 0;     ///< of the trial
  std::vector<OfPage> pages;  ///< those with measurements, in the order of the study
};

/// The measurements of the recommended trial (`best`), or of the one with the best value of the
/// study's objective if that is the baseline; no pages if its stages measure nothing that has a
/// name. Reads that trial from the study.
TrialMeasurements measurements_of_best(const Storage& study, const TrialScores& trials,
                                       std::size_t best);

/// Lines with the range of each measurement, the number of pages of each chosen value, and a row
/// for each page if there are few. Empty without pages.
std::string measurements_text(const TrialMeasurements& measurements);

/// The same as {"trial", "pages": [{"page", "measured"}]}.
nlohmann::json measurements_json(const TrialMeasurements& measurements);

}  // namespace ocrtune
