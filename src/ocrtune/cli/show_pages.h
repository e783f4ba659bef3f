#pragma once

#include <cstddef>
#include <string>

#include "ocrtune/cli/context.h"

namespace ocrtune::cli {

/// Whether `apply` has written into a folder of this name.
bool is_applied_folder(const std::string& name);

/// Prints the `top` pages of such a folder with the most expected errors, and why.
ExitStatus show_pages(const std::string& folder, std::size_t top, Context& context);

}  // namespace ocrtune::cli
