#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "ocrtune/base/events.h"
#include "ocrtune/options/options.h"

namespace ocrtune::workflow {

/// Options of `worker`.
struct WorkerOptions {
  std::string study;   ///< a study on a PostgreSQL server
  PagesOptions pages;  ///< its pages; no inputs: the files that the study names
  OcrOptions ocr;      ///< only `tessdata`: the rest is the study's
  WorkOptions work;    ///< threads and memory
  /// s; how long to do without a process that drives the study, or the server; empty: 60.
  std::optional<double> wait;
};

/// The option table of `worker`; it points into `options`, which must outlive it.
Options options_of(WorkerOptions& options);

/// What a worker has done.
struct WorkerResult {
  std::size_t pages = 0;  ///< pages of trials that it evaluated
};

/// Evaluates pages of a study's trials, beside other workers, until no process drives the study any
/// more, for `wait` seconds, or until it is stopped: then it gives its pages back. It may begin
/// before the study exists. Throws Error(study_error) if its pages, engines, models or program are
/// not those of the study.
WorkerResult worker(const WorkerOptions& options, const Events& events);

}  // namespace ocrtune::workflow
