#pragma once

#include <cstddef>
#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/workflow/events.h"
#include "ocrtune/workflow/option.h"

namespace ocrtune::cli {

/// Adds options to a command. What they point into must outlive it.
void add_options(CLI::App& command, const workflow::Options& options);

/// Options as stated, to be repeated in another command: " --lang fra --psm 4".
std::string stated_text(const workflow::Options& options);

/// What a workflow tells, on standard error. `context` must outlive the result.
workflow::Events events_of(Context& context);

/// input_unreadable where inputs were left out, else done.
ExitStatus status_of(std::size_t left_out);

}  // namespace ocrtune::cli
