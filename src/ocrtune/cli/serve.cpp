#include "ocrtune/server/serve.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <thread>

#include "ocrtune/base/descriptor.h"
#include "ocrtune/base/spawn.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/interrupt.h"
#include "ocrtune/parsers/parser.h"
#include "ocrtune/server/access_files.h"
#include "ocrtune/server/web_page.h"

namespace ocrtune::cli {
namespace {

struct ServeArguments {
  std::string folder = ".";
  std::vector<std::string> pages;
  std::vector<std::string> studies;
  int port = -1;
  std::size_t runs = server::ServeOptions{}.runs;
  bool new_token = false;
  bool no_open = false;
};

bool has_display() {
  return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
}

/// Opens a page in the user's browser, which gets no open file of this process; silent if there is
/// none.
void open_browser(const std::filesystem::path& page) {
  const std::filesystem::path program = find_program("xdg-open", "");
  const Descriptor nowhere(::open("/dev/null", O_WRONLY | O_CLOEXEC));
  if (page.empty() || program.empty() || !nowhere.valid()) return;
  try {
    const pid_t child =
        spawn({.file = program, .arguments = {"xdg-open", page.string()}, .folder = "."},
              {.output = nowhere.get(), .error = nowhere.get()});
    // The process may run as long as the browser.
    std::thread([child] { ::waitpid(child, nullptr, 0); }).detach();
  } catch (const Error&) {
    return;
  }
}

ExitStatus serve(const ServeArguments& arguments, Context& context) {
  server::ServeOptions options{.folder = arguments.folder};
  options.pages.assign(arguments.pages.begin(), arguments.pages.end());
  options.studies = arguments.studies;
  if (arguments.port >= 0) options.port = arguments.port;
  options.runs = arguments.runs;
  options.new_token = arguments.new_token;
  const std::string problem = server::web_page_problem();
  if (!problem.empty()) context.talk.complain(problem);
  std::optional<server::OpeningPage> page;
  const auto started = [&](const std::string& address) {
    context.print(context.json ? json_text({{"address", address}}) : address + "\n");
    if (!arguments.no_open && has_display())
      open_browser(page.emplace(std::filesystem::canonical(options.folder), address).file());
  };
  take_time_to_end();
  end_parsers_when(context.stop);
  server::serve(options, started, context.stop);
  return ExitStatus::success;
}

}  // namespace

void add_serve(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "serve",
      tr("Start the web interface on this machine: view pages, try pipelines, run searches"),
      "  ocrtune serve\n  ocrtune serve studies/ --pages scans/\n  ocrtune serve --port 9000 "
      "--no-open");
  auto arguments = std::make_shared<ServeArguments>();
  completed(context, command->add_option("FOLDER", arguments->folder, tr("Folder for studies")),
            workflow::Completion::folder)
      ->capture_default_str();
  completed(context,
            command->add_option("--pages", arguments->pages,
                                tr("Additional folder with pages; may be given several times")),
            workflow::Completion::folder);
  completed(
      context,
      command->add_option("--study", arguments->studies,
                          tr("Also list a study on a PostgreSQL server, or with "
                             "postgresql://USER@HOST/DATABASE all studies of a database; may be "
                             "given several times")),
      workflow::Completion::study_address)
      ->type_name("ADDRESS");
  command
      ->add_option("--port", arguments->port,
                   tr("TCP port; 0 for any free one [8421, or any free one if it is in use]"))
      ->check(between(0, 65535));
  command
      ->add_option("--runs", arguments->runs,
                   tr("Runs at a time; further ones wait, and start in their order"))
      ->check(between(1, 1000))
      ->capture_default_str();
  command->add_flag("--new-token", arguments->new_token,
                    tr("Make a new token; addresses and browsers that have the one before are "
                       "not admitted any longer"));
  command->add_flag("--no-open", arguments->no_open,
                    tr("Do not open the web interface in a browser"));
  command->callback([arguments, &context] {
    context.command = [arguments, &context] { return serve(*arguments, context); };
  });
}

}  // namespace ocrtune::cli
