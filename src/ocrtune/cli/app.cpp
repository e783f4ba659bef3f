#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/version.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"

namespace ocrtune::cli {
namespace {

constexpr const char* kDescription =
    "Finds the image preprocessing that makes Tesseract read your scans best.";

constexpr const char* kExitStatus =
    "Exit status: 0 done; 1 wrong use; 2 input unreadable (some or all, the rest done); 3 a "
    "dependency "
    "or language is missing; 4 pipeline invalid; 5 study, storage or output error; 6 stopped by a "
    "limit; "
    "130 interrupted, the same command goes on.";

}  // namespace

void Context::print(std::string_view text) const {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) throw Error(Errc::output_unwritable, "standard output can't be written");
}

std::string json_text(const nlohmann::json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void add_common_options(CLI::App& command, Context& context) {
  command.add_flag("--json", context.json, "Results as JSON on standard output")->group("Output");
  command.add_flag("--quiet", context.quiet, "No progress or news on standard error; errors only")
      ->group("Output");
  command
      .add_flag("--verbose", context.verbose,
                "Also show what Tesseract and the image libraries say")
      ->group("Output");
}

CLI::App* add_command(CLI::App& app, Context& context, const std::string& name,
                      const std::string& summary, const std::string& examples) {
  CLI::App* command = app.add_subcommand(name, summary);
  command->footer("Examples:\n" + examples);
  add_common_options(*command, context);
  return command;
}

void set_command(CLI::App& command, Context& context, std::function<ExitStatus()> run) {
  command.callback([&context, run = std::move(run)] { context.command = run; });
}

std::unique_ptr<CLI::App> make_app(Context& context) {
  auto app = std::make_unique<CLI::App>(kDescription, "ocrtune");
  app->footer(
      std::string(
          "Examples:\n"
          "  ocrtune tune scans/                    find the best settings, write best.toml\n"
          "  ocrtune clean scans/ --pipeline best.toml -o cleaned/\n"
          "  ocrtune read scans/ --pipeline best.toml -o texts/\n"
          "  ocrtune COMMAND --help                 options and examples of one command\n\n") +
      kExitStatus);
  app->set_version_flag("--version", fmt::format("ocrtune {}", program_version()),
                        "Show the version and exit");
  app->require_subcommand(1);
  const auto formatter = std::make_shared<HelpFormatter>();
  formatter->column_width(38);
  app->formatter(formatter);
  add_tune(*app, context);
  add_screen(*app, context);
  add_optimize(*app, context);
  add_score(*app, context);
  add_compare(*app, context);
  add_evaluate(*app, context);
  add_read(*app, context);
  add_apply(*app, context);
  add_clean(*app, context);
  add_show(*app, context);
  add_report(*app, context);
  add_serve(*app, context);
  add_export(*app, context);
  add_timings(*app, context);
  add_stages(*app, context);
  add_samplers(*app, context);
  add_presets(*app, context);
  add_doctor(*app, context);
  add_man(*app, context);
  add_completion(*app, context);
  return app;
}

}  // namespace ocrtune::cli
