#include "ocrtune/cli/run_command.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <new>

#include "ocrtune/base/address.h"
#include "ocrtune/base/library_threads.h"
#include "ocrtune/base/memory_shortage.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/interrupt.h"
#include "ocrtune/cli/parse_errors.h"
#include "ocrtune/cli/standard_streams.h"
#include "ocrtune/image/cv_memory.h"
#include "ocrtune/storage/sqlite_bounds.h"

namespace ocrtune::cli {
namespace {

/// The long names of a command's options, or of the program's.
std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

/// The message for a first word that is neither a command nor an option of the program; empty if
/// it is one.
std::string unknown_first_word(const CLI::App& app, const std::string& first) {
  const std::string word = quotable(shown_address(first.substr(0, first.find('='))), 60);
  if (first.starts_with('-')) {
    const std::vector<std::string> options = option_names(app);
    if (std::ranges::find(options, word) != options.end()) return "";
    return tr("unknown option `{}`{}; see `ocrtune --help`", word, did_you_mean(word, options));
  }
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; }))
    names.push_back(command->get_name());
  return tr("unknown command `{}`{}; see `ocrtune --help`", word, did_you_mean(word, names));
}

/// The message for an unknown command or option; CLI11 would report missing ones first.
std::string unknown_word(const CLI::App& app, int argc, char** argv) {
  if (app.get_subcommands().empty()) return argc < 2 ? "" : unknown_first_word(app, argv[1]);
  const CLI::App* command = app.get_subcommands().front();
  const std::vector<std::string> names = option_names(*command);
  for (const std::string& word : command->remaining()) {
    if (!word.starts_with("-") || word == "-") continue;
    const std::string name = quotable(word.substr(0, word.find('=')), 60);
    return tr("{} has no option {}{}; see `ocrtune {} --help`", command->get_name(), name,
              did_you_mean(name, names), command->get_name());
  }
  return "";
}

/// A message that repeats words of the command line, without passwords of addresses among them.
std::string without_passwords(std::string text, int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    for (const std::string& word : {argument, argument.substr(argument.find('=') + 1)}) {
      const std::string shown = shown_address(word);
      if (word.empty() || shown == word) continue;
      for (std::size_t at = 0; (at = text.find(word, at)) != std::string::npos; at += shown.size())
        text.replace(at, word.size(), shown);
    }
  }
  return text;
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
    const std::string why = without_passwords(parse_error_text(error.what()), argc, argv);
    context.talk.complain(tr("{}; see `{}{}{} --help`", why, app.get_name(),
                             command == &app ? "" : " ",
                             command == &app ? "" : command->get_name()));
    return ExitStatus::usage_error;
  } catch (const Error& error) {
    // An invalid duration or size.
    context.talk.complain(error);
    return exit_status_of(error.code());
  }
}

ExitStatus complain_of_memory(Talk& talk) {
  talk.complain(tr("out of memory; use fewer --jobs"));
  return ExitStatus::limit_reached;
}

/// The exception of a library, of which some say that memory ran out.
ExitStatus complain_of(const std::exception& error, Talk& talk) {
  try {
    check_memory(error);
  } catch (const std::bad_alloc&) {
    return complain_of_memory(talk);
  }
  if (is_memory_shortage(error)) return complain_of_memory(talk);
  talk.complain(tr("internal error, please report: {}", error.what()));
  return ExitStatus::study_error;
}

/// Parses the command line and runs the command that it names.
ExitStatus parse_and_run(CLI::App& app, Context& context, int argc, char** argv) {
  try {
    if (const ExitStatus parsed = parse(app, context, argc, argv); parsed != ExitStatus::success)
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
  } catch (const std::exception& error) {
    return complain_of(error, context.talk);
  }
}

ExitStatus run(int argc, char** argv) {
  const SerialOpenCv serial;
  use_language(language_of_environment());
  Context context{.talk = {}, .stop = stop_on_signals(), .command = {}};
  interrupt_sqlite_when(context.stop);
  const auto app = make_app(context);
  const ExitStatus status = parse_and_run(*app, context, argc, argv);
  if (finish_standard_output() || status != ExitStatus::success) return status;
  context.talk.complain(tr("standard output can't be written"));
  return exit_status_of(Errc::output_unwritable);
}

}  // namespace

ExitStatus run_command(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const std::exception& error) {
    // Before a command has begun, or when its data are destroyed.
    Talk talk;
    return complain_of(error, talk);
  }
}

}  // namespace ocrtune::cli
