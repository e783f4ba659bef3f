#include <fmt/format.h>

#include <cstdio>
#include <exception>
#include <new>
#include <opencv2/core/utility.hpp>

#include "ocrtune/base/text.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/interrupt.h"

namespace {

using ocrtune::Error;
using ocrtune::ExitStatus;
using ocrtune::cli::Context;

/// The first line of a message of CLI11's, which may have several.
std::string first_line(const std::string& text) { return text.substr(0, text.find('\n')); }

ExitStatus parse(CLI::App& app, Context& context, int argc, char** argv) {
  try {
    app.parse(argc, argv);
    return ExitStatus::done;
  } catch (const CLI::Success& success) {
    // --help and --version.
    app.exit(success);
    throw;
  } catch (const CLI::ParseError& error) {
    const CLI::App* command = app.get_subcommands().empty() ? &app : app.get_subcommands().front();
    context.talk.complain(fmt::format("{}; see `{}{}{} --help`", first_line(error.what()),
                                      app.get_name(), command == &app ? "" : " ",
                                      command == &app ? "" : command->get_name()));
    return ExitStatus::wrong_use;
  }
}

ExitStatus run(int argc, char** argv) {
  Context context{.talk = {}, .stop = ocrtune::cli::stop_on_signals(), .command = {}};
  const auto app = ocrtune::cli::make_app(context);
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
    context.talk.complain(error.what());
    return error.status();
  } catch (const std::bad_alloc&) {
    context.talk.complain("memory ran out; fewer --jobs need less");
    return ExitStatus::limit_reached;
  } catch (const std::exception& error) {
    context.talk.complain(
        fmt::format("an error of the program itself, please report it: {}", error.what()));
    return ExitStatus::study_error;
  }
}

}  // namespace

int main(int argc, char** argv) {
  ocrtune::cli::hold_openmp(argv);
  // Parallelism belongs to the evaluator alone.
  cv::setNumThreads(1);
  return static_cast<int>(run(argc, argv));
}
