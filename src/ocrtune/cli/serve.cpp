#include "ocrtune/server/serve.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <nlohmann/json.hpp>
#include <thread>

#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/interrupt.h"
#include "ocrtune/parsers/parser.h"
#include "ocrtune/server/web_page.h"

namespace ocrtune::cli {
namespace {

struct ServeArguments {
  std::string folder = ".";
  std::vector<std::string> pages;
  std::vector<std::string> studies;
  int port = -1;
  bool no_open = false;
};

bool has_display() {
  return std::getenv("DISPLAY") != nullptr || std::getenv("WAYLAND_DISPLAY") != nullptr;
}

/// Opens the address in the user's browser; silent if there is none.
void open_browser(const std::string& address) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
  posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  std::string program = "xdg-open";
  std::string argument = address;
  char* arguments[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  if (::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments, environ) == 0) {
    // The process may run as long as the browser.
    std::thread([child] { ::waitpid(child, nullptr, 0); }).detach();
  }
  posix_spawn_file_actions_destroy(&actions);
}

ExitStatus serve(const ServeArguments& arguments, Context& context) {
  server::ServeOptions options{.folder = arguments.folder};
  options.pages.assign(arguments.pages.begin(), arguments.pages.end());
  options.studies = arguments.studies;
  if (arguments.port >= 0) options.port = arguments.port;
  const std::string problem = server::web_page_problem();
  if (!problem.empty()) context.talk.complain(problem);
  const auto started = [&](const std::string& address) {
    context.print(context.json ? json_text({{"address", address}}) : address + "\n");
    if (!arguments.no_open && has_display()) open_browser(address);
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
  command->add_flag("--no-open", arguments->no_open,
                    tr("Do not open the web interface in a browser"));
  command->callback([arguments, &context] {
    context.command = [arguments, &context] { return serve(*arguments, context); };
  });
}

}  // namespace ocrtune::cli
