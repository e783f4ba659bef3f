#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "ocrtune/cli/talk.h"
#include "ocrtune/options/completion.h"
#include "ocrtune/workflow/exit_status.h"

namespace CLI {
class App;
class Option;
}  // namespace CLI

namespace ocrtune::cli {

/// Shared state of all subcommands.
struct Context {
  Talk talk;
  const std::atomic<bool>& stop;
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  std::function<ExitStatus()> command;  ///< function of the parsed subcommand
  /// How the values of options are completed; an option without an entry has no known values.
  std::map<const CLI::Option*, workflow::Completer> completers = {};

  /// Writes data to standard output. Throws Error(output_unwritable) if it cannot be written.
  void print(std::string_view text) const;
};

/// Indented JSON with a line end, for standard output; invalid UTF-8 (in file names) becomes
/// U+FFFD.
std::string json_text(const nlohmann::json& json);

/// "Exit status: 0 success; 1 …."
std::string exit_status_text();

/// Creates the parser of the command line. `context` must outlive the result.
std::unique_ptr<CLI::App> make_app(Context& context);

/// Adds --json, --quiet and --verbose.
void add_common_options(CLI::App& command, Context& context);

/// Adds a subcommand with its description and examples.
CLI::App* add_command(CLI::App& app, Context& context, const std::string& name,
                      const std::string& summary, const std::string& examples);

/// Sets the function to run when the subcommand is given.
void set_command(CLI::App& command, Context& context, std::function<ExitStatus()> run);

void add_train(CLI::App& app, Context& context);
void add_tune(CLI::App& app, Context& context);
void add_screen(CLI::App& app, Context& context);
void add_optimize(CLI::App& app, Context& context);
void add_worker(CLI::App& app, Context& context);
void add_submit(CLI::App& app, Context& context);
void add_score(CLI::App& app, Context& context);
void add_compare(CLI::App& app, Context& context);
void add_evaluate(CLI::App& app, Context& context);
void add_read(CLI::App& app, Context& context);
void add_apply(CLI::App& app, Context& context);
void add_clean(CLI::App& app, Context& context);
void add_show(CLI::App& app, Context& context);
void add_report(CLI::App& app, Context& context);
void add_serve(CLI::App& app, Context& context);
void add_export(CLI::App& app, Context& context);
void add_import(CLI::App& app, Context& context);
void add_timings(CLI::App& app, Context& context);
void add_stages(CLI::App& app, Context& context);
void add_samplers(CLI::App& app, Context& context);
void add_languages(CLI::App& app, Context& context);
void add_presets(CLI::App& app, Context& context);
void add_doctor(CLI::App& app, Context& context);
void add_man(CLI::App& app, Context& context);
void add_completion(CLI::App& app, Context& context);
void add_complete(CLI::App& app, Context& context);
void add_names(CLI::App& app, Context& context);

}  // namespace ocrtune::cli
