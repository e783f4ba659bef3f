#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "ocrtune/base/error.h"
#include "ocrtune/base/events.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/options/option.h"
#include "ocrtune/options/options.h"

namespace ocrtune::cli {

/// Adds options to a command, with their completers. The fields that they point into must outlive
/// the command.
void add_options(CLI::App& command, Context& context, const workflow::Options& options);

/// States what the value of an option without a table is, for completion; returns the option.
/// `suffixes`: of a file that is its value.
CLI::Option* completed(Context& context, CLI::Option* option, workflow::Completion kind,
                       std::vector<std::string> suffixes = {});

/// Allows these values of an option without a table; returns the option.
CLI::Option* with_choices(Context& context, CLI::Option* option,
                          const std::vector<std::string>& choices);

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
  add_options(command, context, options_of(*options));
  set_command(command, context, [options, run, &context] { return run(*options, context); });
}

/// The given options as arguments for another command: " --lang fra --psm 4".
std::string stated_text(const workflow::Options& options);

/// Events of a workflow that are written to standard error. `context` must outlive the result.
Events events_of(Context& context);

/// limit_reached if memory ran out for a page, with a message; input_unreadable if inputs were left
/// out, else success.
ExitStatus status_of(Context& context, std::size_t left_out);

}  // namespace ocrtune::cli
