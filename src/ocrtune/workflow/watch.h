#pragma once

#include <functional>

#include "ocrtune/base/events.h"
#include "ocrtune/workflow/apply.h"

namespace ocrtune::workflow {

/// Recognizes the pages that come into a folder, as apply() does with those that are there, until
/// `events.stop` becomes true: a file once it is whole (WatchedFolder), and again if it has
/// changed. The journal records the pages that are done, here and by apply(): they are not
/// recognized again if their output was moved away. A file whose output would overwrite that of
/// another one is left out. `done` gets each result. Throws OptionError(invalid_argument) if the
/// input is not one folder or the output is none, and Error as apply().
void watch(const ApplyOptions& options, const Events& events,
           const std::function<void(const Applied&)>& done);

}  // namespace ocrtune::workflow
