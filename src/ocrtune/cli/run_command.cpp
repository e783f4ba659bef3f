#include "ocrtune/cli/run_command.h"

#include <fmt/format.h>

#include <exception>
#include <new>

#include "ocrtune/base/text.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/interrupt.h"

namespace ocrtune::cli {
namespace {

/// The first line of a message of CLI11's, which may have several.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

/// What to say where the command or an option isn't known; CLI11 speaks of what is missing first.
std::string unknown_word(const CLI::App& app, int argc, char** argv) {
  std::vector<std::string> names;
  if (app.get_subcommands().empty()) {
    if (argc < 2 || argv[1][0] == '-') return "";
    for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
      names.push_back(command->get_name());
    }
    const std::string word = quotable(argv[1], 60);
    return fmt::format("no command is called `{}`{}; see `ocrtune --help`", word,
                       did_you_mean(word, names));
  }
  const CLI::App* command = app.get_subcommands().front();
  for (const CLI::Option* option : command->get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  }
  for (const std::string& word : command->remaining()) {
    if (!word.starts_with("-") || word == "-") continue;
    const std::string name = quotable(word.substr(0, word.find('=')), 60);
    return fmt::format("{} has no option {}{}; see `ocrtune {} --help`", command->get_name(), name,
                       did_you_mean(name, names), command->get_name());
  }
  return "";
}

ExitStatus parse(CLI::App& app, Context& context, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return ExitStatus::done;
  } catch (const CLI::Success& success) {
    // --help and --version.
    app.exit(success);
    throw;
  } catch (const CLI::ParseError& error) {
    if (const std::string unknown = unknown_word(app, argc, argv); !unknown.empty()) {
      context.talk.complain(unknown);
      return ExitStatus::wrong_use;
    }
    const CLI::App* command = app.get_subcommands().empty() ? &app : app.get_subcommands().front();
    context.talk.complain(fmt::format("{}; see `{}{}{} --help`", first_line(error.what()),
                                      app.get_name(), command == &app ? "" : " ",
                                      command == &app ? "" : command->get_name()));
    return ExitStatus::wrong_use;
  } catch (const Error& error) {
    // A time or a size that is none.
    context.talk.complain(error);
    return exit_status_of(error.code());
  }
}

}  // namespace

ExitStatus run_command(int argc, char** argv) {
  Context context{.talk = {}, .stop = stop_on_signals(), .command = {}};
  const auto app = make_app(context);
  try {
    if (const ExitStatus parsed = parse(*app, context, argc, argv); parsed != ExitStatus::done)
      return parsed;
  } catch (const CLI::Success&) {
    return ExitStatus::done;
  }
  context.talk.begin(context.verbose);
  context.talk.set_quiet(context.quiet);
  try {
    return context.command();
  } catch (const Error& error) {
    context.talk.complain(error);
    return exit_status_of(error.code());
  } catch (const std::bad_alloc&) {
    context.talk.complain("memory ran out; fewer --jobs need less");
    return ExitStatus::limit_reached;
  } catch (const std::exception& error) {
    context.talk.complain(
        fmt::format("an error of the program itself, please report it: {}", error.what()));
    return ExitStatus::study_error;
  }
}

}  // namespace ocrtune::cli
