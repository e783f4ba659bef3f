#pragma once

#include "ocrtune/base/events.h"
#include "ocrtune/options/options.h"
#include "ocrtune/workflow/apply.h"
#include "ocrtune/workflow/page_applier.h"

namespace ocrtune::workflow {

/// Recognizes those of the loaded pages that the journal in the output folder has no record of.
/// `applier` was made with these options. Throws Error.
Applied apply_pages(PageApplier& applier, const ApplyOptions& options, const LoadedPages& loaded,
                    const Events& events);

}  // namespace ocrtune::workflow
