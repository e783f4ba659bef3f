#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "ocrtune/audit/results.h"
#include "ocrtune/pipeline/pipeline.h"
#include "ocrtune/study/search_settings.h"
#include "ocrtune/study/trial.h"

namespace ocrtune {

/// What of a run is not in the file of its results.
struct AuditStudyOptions {
  std::string preset;           ///< as AuditInterpretation
  std::filesystem::path times;  ///< log of times; empty: that beside the results, if there is one
  std::size_t images = 0;       ///< their number, if no file states it; 0: unknown
};

/// A screening or an optimization of the Python design as a study of ocrtune.
struct AuditStudyTrials {
  std::string preset;              ///< preset of the points
  Pipeline pipeline;               ///< searched in the ranges of the configuration
  SearchSettings search;           ///< the sampler that is closest to what was used
  std::size_t images = 0;          ///< number of pages
  bool states_images = false;      ///< false: no file of the run states their number
  std::vector<Trial> trials;       ///< the baseline first
  bool has_page_scores = false;    ///< false: each page has the means of all
  std::vector<std::string> notes;  ///< what was changed or left out
};

/// Reads the results of a run with its scores, the configuration and the log of times beside it.
/// The objective is the confidence, which every point must have: the only score of the original
/// pages. At most 2,000,000 pages of trials are read.
/// Without a configuration, the preset's ranges are used, extended to the points. Throws
/// Error(input_unreadable) with file, location and column. Thread-safe.
AuditStudyTrials read_audit_study(const std::filesystem::path& results,
                                  const AuditStudyOptions& options);

}  // namespace ocrtune
