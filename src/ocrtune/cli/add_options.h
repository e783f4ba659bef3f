#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "ocrtune/base/error.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/workflow/events.h"
#include "ocrtune/workflow/option.h"
#include "ocrtune/workflow/options.h"

namespace ocrtune::cli {

/// Adds options to a command. The fields that they point into must outlive the command.
void add_options(CLI::App& command, const workflow::Options& options);

/// Allows a list of inputs on standard input.
void take_list(workflow::PagesOptions& pages);

/// Adds the options of a workflow to a command, and the function to run when the command is given.
template <typename Options, typename Run>
void add_workflow(CLI::App& command, Context& context, Run run) {
  const auto options = std::make_shared<Options>();
  if constexpr (requires { options->study.pages; }) {
    take_list(options->study.pages);
  } else if constexpr (requires { options->pages; }) {
    take_list(options->pages);
  }
  add_options(command, options_of(*options));
  set_command(command, context, [options, run, &context] { return run(*options, context); });
}

/// The given options as arguments for another command: " --lang fra --psm 4".
std::string stated_text(const workflow::Options& options);

/// Events of a workflow that are written to standard error. `context` must outlive the result.
workflow::Events events_of(Context& context);

/// input_unreadable if inputs were left out, else success.
ExitStatus status_of(std::size_t left_out);

}  // namespace ocrtune::cli
