#pragma once

#include <string>

#include "ocrtune/cli/context.h"

namespace ocrtune::cli {

/// Prints what each operation that stages are written over takes on the processors and on each
/// device, for the first page of a file, or a made one where its name is empty. Devices that fail
/// are complained of. Throws Error(input_unreadable) for the file.
ExitStatus show_operation_times(const std::string& page_file, Context& context);

}  // namespace ocrtune::cli
