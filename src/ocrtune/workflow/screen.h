#pragma once

#include "ocrtune/workflow/optimize.h"
#include "ocrtune/workflow/study_options.h"

namespace ocrtune::workflow {

struct ScreenOptions {
  StudyOptions study;
  int exponent = 6;  ///< 2^exponent points are evaluated in all

  [[nodiscard]] std::size_t points() const {
    return std::size_t{1} << static_cast<unsigned>(exponent);
  }
};

Options options_of(ScreenOptions& options);

/// Evaluates scrambled Sobol points of a pipeline's free parameters. What is finished is kept in
/// the study's file; the same options go on with it. Throws Error.
StudyResult screen(const ScreenOptions& options, const Events& events);

}  // namespace ocrtune::workflow
