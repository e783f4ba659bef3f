#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "ocrtune/options/options.h"
#include "ocrtune/study/definition.h"
#include "ocrtune/study/trial.h"

namespace ocrtune::workflow {

/// Instead of a file's name: what is written goes to standard output.
inline constexpr std::string_view kStandardOutput = "-";

/// Options of `score`.
struct ScoreOptions {
  PagesOptions pages;        ///< pages to recognize
  OcrOptions ocr;            ///< OCR settings
  PipelineOptions pipeline;  ///< default: `standard`
  WorkOptions work;          ///< threads and memory
  DeviceOptions devices;     ///< for stages and engines
  std::string params;        ///< JSON file of points; empty: the pipeline's own values
  /// CSV file with a row per point and page; empty or kStandardOutput: none.
  std::string csv;
};

/// The option table of `score`; it points into `options`, which must outlive it.
Options options_of(ScoreOptions& options);

/// Result of `score`.
struct Scored {
  StudyDefinition definition;  ///< of an equivalent study
  std::vector<Trial> trials;   ///< the baseline first; fewer than requested if it was stopped
  std::size_t points = 0;      ///< number of requested points
  std::size_t left_out = 0;    ///< inputs that could not be read
};

/// Evaluates given points of a pipeline, without a search. Throws Error.
Scored score(const ScoreOptions& options, const Events& events);

}  // namespace ocrtune::workflow
