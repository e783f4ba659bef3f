#pragma once

#include "ocrtune/workflow/exit_status.h"

namespace ocrtune::cli {

/// The command line's work, with its output on this process's streams. For main() alone: it takes
/// over signals. Throws nothing.
ExitStatus run_command(int argc, char** argv);

}  // namespace ocrtune::cli
