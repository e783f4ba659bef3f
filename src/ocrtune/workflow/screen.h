#pragma once

#include "ocrtune/options/study_options.h"
#include "ocrtune/options/trial_reports.h"
#include "ocrtune/workflow/optimize.h"

namespace ocrtune::workflow {

/// Options of `screen`.
struct ScreenOptions {
  StudyOptions study;    ///< common options of studies
  TrialReports reports;  ///< on finished trials
  int exponent = 6;      ///< 2^exponent points in total

  /// Total number of points.
  [[nodiscard]] std::size_t points() const {
    return std::size_t{1} << static_cast<unsigned>(exponent);
  }
};

/// The option table of `screen`; it points into `options`, which must outlive it.
Options options_of(ScreenOptions& options);

/// Evaluates scrambled Sobol points of a pipeline's free parameters. Finished trials are stored in
/// the study's file; the same options resume it. Throws Error.
StudyResult screen(const ScreenOptions& options, const Events& events);

}  // namespace ocrtune::workflow
