#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "ocrtune/metrics/score.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

/// Objectives that a study may have, at most.
inline constexpr std::size_t kMostObjectives = 8;

/// What `tune`, `screen` and `optimize` have in common: a study is begun or gone on with.
struct StudyOptions {
  PagesOptions pages;                ///< that points are evaluated on
  OcrOptions ocr;                    ///< how they are read
  PipelineOptions pipeline;          ///< that is searched
  WorkOptions work;                  ///< threads and memory
  DeviceOptions devices;             ///< where stages and readers run
  std::string study = "ocrtune.db";  ///< the file it is kept in
  std::optional<std::size_t> seed;   ///< of all that is random; none: the study's, 1 for a new one
  std::vector<std::string> objectives;   ///< names; the first one before all
  std::vector<std::string> constraints;  ///< as parse_constraint() reads them
};

/// What a new study has where the options state nothing.
struct StudyDefaults {
  std::string pipeline = "standard";    ///< a preset's name
  Score objective = Score::confidence;  ///< what is searched for
};

/// `most_objectives`: how many may be stated.
Options options_of(StudyOptions& options, const StudyDefaults& usual, std::size_t most_objectives);

/// --constraint, for workflows that recommend a point.
Option constraint_option(StudyOptions& options);

}  // namespace ocrtune::workflow
