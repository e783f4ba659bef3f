#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::workflow {

/// What `score` is asked for.
struct ScoreOptions {
  PagesOptions pages;        ///< those that are read
  OcrOptions ocr;            ///< how they are read
  PipelineOptions pipeline;  ///< none stated: `standard`
  WorkOptions work;          ///< threads and memory
  DeviceOptions devices;     ///< where stages and readers run
  std::string params;        ///< JSON file of points; empty: the pipeline's own values
  std::string csv;           ///< file for a row per point and page; empty: none
};

/// The options of `score`; they point into `options`, which must outlive them.
Options options_of(ScoreOptions& options);

/// What `score` found.
struct Scored {
  StudyDefinition definition;  ///< of a study that has these trials
  std::vector<Trial> trials;   ///< the baseline first; fewer than wanted where it was stopped
  std::size_t points = 0;      ///< that were wanted
  std::size_t left_out = 0;    ///< inputs that couldn't be read
};

/// Evaluates given points of a pipeline, without a search. Throws Error.
Scored score(const ScoreOptions& options, const Events& events);

}  // namespace ocrtune::workflow
