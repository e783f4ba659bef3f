#pragma once

#include "ocrtune/workflow/optimize.h"
#include "ocrtune/workflow/study_options.h"

namespace ocrtune::workflow {

/// What `screen` is asked for.
struct ScreenOptions {
  StudyOptions study;  ///< what every study has
  int exponent = 6;    ///< 2^exponent points are evaluated in all

  /// Points that are evaluated in all.
  [[nodiscard]] std::size_t points() const {
    return std::size_t{1} << static_cast<unsigned>(exponent);
  }
};

/// The options of `screen`; they point into `options`, which must outlive them.
Options options_of(ScreenOptions& options);

/// Evaluates scrambled Sobol points of a pipeline's free parameters. What is finished is kept in
/// the study's file; the same options go on with it. Throws Error.
StudyResult screen(const ScreenOptions& options, const Events& events);

}  // namespace ocrtune::workflow
