#pragma once

#include <string>

#include "ocrtune/cli/context.h"

namespace ocrtune::cli {

/// Prints the time of each operation that stages use, on the CPU and on each device, for the first
/// page of a file, or for a synthetic page if the name is empty. Reports devices that fail. Throws
/// Error(input_unreadable) for the file.
ExitStatus show_operation_times(const std::string& page_file, Context& context);

}  // namespace ocrtune::cli
