#pragma once

#include "ocrtune/base/events.h"
#include "ocrtune/workflow/apply.h"

namespace ocrtune::workflow {

/// As apply(), beside any number of other processes on any number of machines, with the journal
/// `options.journal`, which is not empty. The first process lists the files of the collection; all
/// take some of them at a time until none is left, so memory does not depend on the size of the
/// collection. Files that failed are tried again when the work is resumed. Throws Error.
Applied shared_apply(const ApplyOptions& options, const Events& events);

}  // namespace ocrtune::workflow
