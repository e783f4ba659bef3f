#pragma once

#include "ocrtune/workflow/import_points.h"

namespace ocrtune::workflow {

/// Makes a study of a screening or an optimization of the Python design, with its scores: in
/// `options.study`, which must not exist. With the pages that were evaluated it can be resumed.
/// Throws Error(input_unreadable) with file, location and column, Error(study_error),
/// Error(interrupted) if it was stopped. After an error, nothing is there; on a server a part may
/// remain, which a warning says.
Imported import_study(const ImportOptions& options, const Events& events);

}  // namespace ocrtune::workflow
