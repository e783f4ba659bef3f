#include <fmt/format.h>

#include <cstdio>
#include <nlohmann/json.hpp>
#include <utility>

#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/cli/version.h"

namespace ocrtune::cli {
namespace {

std::string examples_text() {
  return tr(
      "  ocrtune tune scans/                    find the best recipe, write best.toml\n"
      "  ocrtune apply scans/ --recipe best.toml -o texts/\n"
      "  ocrtune read scans/ --lang deu -o texts/\n"
      "  ocrtune COMMAND --help                 options and examples of one command");
}

/// CLI11's own words on --help.
void translate_labels(CLI::Formatter& formatter) {
  formatter.label("Usage", tr("Usage"));
  formatter.label("Positionals", tr("Positionals"));
  formatter.label("Options", tr("Options"));
  formatter.label("OPTIONS", tr("OPTIONS"));
  formatter.label("Subcommands", tr("Subcommands"));
  formatter.label("SUBCOMMAND", tr("SUBCOMMAND"));
}

}  // namespace

void Context::print(std::string_view text) const {
  const bool written =
      std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
  if (!written) throw Error(Errc::output_unwritable, tr("standard output can't be written"));
}

std::string exit_status_text() {
  std::vector<std::string> parts;
  for (const auto& [status, meaning] : all_exit_statuses())
    parts.push_back(fmt::format("{} {}", static_cast<int>(status), translated(meaning)));
  return tr("Exit status: {}.", joined(parts, tr("; ")));
}

std::string json_text(const nlohmann::json& json) {
  return json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

void add_common_options(CLI::App& command, Context& context) {
  command.add_flag("--json", context.json, tr("Print results as JSON on standard output"))
      ->group(tr("Output"));
  command
      .add_flag("--quiet", context.quiet,
                tr("Print only errors on standard error, no progress and no messages"))
      ->group(tr("Output"));
  command
      .add_flag("--verbose", context.verbose,
                tr("Also show messages of Tesseract and the image libraries"))
      ->group(tr("Output"));
}

CLI::App* add_command(CLI::App& app, Context& context, const std::string& name,
                      const std::string& summary, const std::string& examples) {
  CLI::App* command = app.add_subcommand(name, summary)->group(tr("Subcommands"));
  command->footer(tr("Examples:") + "\n" + examples);
  add_common_options(*command, context);
  return command;
}

void set_command(CLI::App& command, Context& context, std::function<ExitStatus()> run) {
  command.callback([&context, run = std::move(run)] { context.command = run; });
}

std::unique_ptr<CLI::App> make_app(Context& context) {
  auto app = std::make_unique<CLI::App>(
      tr("Finds the image preprocessing that gives the best OCR results on your scans."),
      "ocrtune");
  // Every command takes it over as it is made.
  app->set_help_flag("-h,--help", tr("Print this help message and exit"));
  app->footer(tr("Examples:") + "\n" + examples_text() + "\n\n" + exit_status_text());
  // Before --version, which is answered where it is parsed.
  auto* as_json = app->add_flag("--json", context.json,
                                tr("With --version: what the installation is made of, as JSON"));
  as_json->needs(app->set_version_flag(
      "--version", [&context] { return context.json ? version_json() : version_line(); },
      tr("Show the version and exit")));
  app->require_subcommand(1);
  const auto formatter = std::make_shared<HelpFormatter>();
  formatter->column_width(38);
  translate_labels(*formatter);
  app->formatter(formatter);
  add_tune(*app, context);
  add_screen(*app, context);
  add_optimize(*app, context);
  add_worker(*app, context);
  add_submit(*app, context);
  add_score(*app, context);
  add_compare(*app, context);
  add_evaluate(*app, context);
  add_train(*app, context);
  add_read(*app, context);
  add_apply(*app, context);
  add_clean(*app, context);
  add_show(*app, context);
  add_report(*app, context);
  add_serve(*app, context);
  add_export(*app, context);
  add_import(*app, context);
  add_timings(*app, context);
  add_stages(*app, context);
  add_samplers(*app, context);
  add_languages(*app, context);
  add_presets(*app, context);
  add_doctor(*app, context);
  add_man(*app, context);
  add_completion(*app, context);
  add_complete(*app, context);
  add_names(*app, context);
  return app;
}

}  // namespace ocrtune::cli
