#pragma once

#include "ocrtune/workflow/exit_status.h"

namespace ocrtune::cli {

/// Runs the command line with output to this process's streams. Only for main(): it installs signal
/// handlers. Throws nothing.
ExitStatus run_command(int argc, char** argv);

}  // namespace ocrtune::cli
