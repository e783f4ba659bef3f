#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/report/csv_export.h"

namespace ocrtune::cli {

void add_export(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "export",
      "Write a study as CSV: trials, pages, timings, pruned trials, Pareto front, configuration",
      "  ocrtune export scans.db -o csv/");
  struct Export {
    std::string study;
    std::string output;
  };
  auto options = std::make_shared<Export>();
  command->add_option("STUDY", options->study, "The study's file")->required();
  command->add_option("-o,--output", options->output, "Folder for the CSV files")->required();
  command->callback([options, &context] {
    context.command = [options, &context] {
      const std::vector<std::string> files =
          export_study(*view_study(options->study), options->output);
      if (context.json) context.print(json_text({{"folder", options->output}}));
      context.talk.say(fmt::format("{} are in {}", joined(files), shown(options->output)));
      return ExitStatus::done;
    };
  });
}

}  // namespace ocrtune::cli
