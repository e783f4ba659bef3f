#include "ocrtune/cli/run_command.h"

#include <fmt/format.h>

#include <exception>
#include <new>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/interrupt.h"
#include "ocrtune/cli/parse_errors.h"

namespace ocrtune::cli {
namespace {

/// The message for an unknown command or option; CLI11 would report missing ones first.
std::string unknown_word(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> names;
  if (app.get_subcommands().empty()) {
    if (argc < 2 || argv[1][0] == '-') return "";
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(command->get_name());
    }
    const std::string word = quotable(argv[1], 60);
    return tr("unknown command `{}`{}; see `ocrtune --help`", word, did_you_mean(word, names));
  }
  const CLI::App* command = app.get_subcommands().front();
  for (const CLI::Option* option : command->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const std::string& word : command->remaining()) {
    if (!word.starts_with("-") || word == "-") continue;
    const std::string name = quotable(word.substr(0, word.find('=')), 60);
    return tr("{} has no option {}{}; see `ocrtune {} --help`", command->get_name(), name,
              did_you_mean(name, names), command->get_name());
  }
  return "";
}

ExitStatus parse(CLI::App& app, Context& context, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return ExitStatus::success;
  } catch (const CLI::Success& success) {
    // --help and --version.
    app.exit(success);
    throw;
  } catch (const CLI::ParseError& error) {
    if (const std::string unknown = unknown_word(app, argc, argv); !unknown.empty()) {
      context.talk.complain(unknown);
      return ExitStatus::usage_error;
    }
    const CLI::App* command = app.get_subcommands().empty() ? &app : app.get_subcommands().front();
    context.talk.complain(tr("{}; see `{}{}{} --help`", parse_error_text(error.what()),
                             app.get_name(), command == &app ? "" : " ",
                             command == &app ? "" : command->get_name()));
    return ExitStatus::usage_error;
  } catch (const Error& error) {
    // An invalid duration or size.
    context.talk.complain(error);
    return exit_status_of(error.code());
  }
}

}  // namespace

ExitStatus run_command(int argc, char** argv) {
  use_language(language_of_environment());
  Context context{.talk = {}, .stop = stop_on_signals(), .command = {}};
  const auto app = make_app(context);
  try {
    if (const ExitStatus parsed = parse(*app, context, argc, argv); parsed != ExitStatus::success)
      return parsed;
  } catch (const CLI::Success&) {
    return ExitStatus::success;
  }
  context.talk.begin(context.verbose);
  context.talk.set_quiet(context.quiet);
  try {
    return context.command();
  } catch (const Error& error) {
    context.talk.complain(error);
    return exit_status_of(error.code());
  } catch (const std::bad_alloc&) {
    context.talk.complain(tr("out of memory; use fewer --jobs"));
    return ExitStatus::limit_reached;
  } catch (const std::exception& error) {
    context.talk.complain(tr("internal error, please report: {}", error.what()));
    return ExitStatus::study_error;
  }
}

}  // namespace ocrtune::cli
