#include "ocrtune/audit/export.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/context.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/report/csv_export.h"

namespace ocrtune::cli {

void add_export(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "export",
      tr("Write a study as CSV: trials, pages, timings, pruned trials, Pareto front, "
         "configuration"),
      tr("  ocrtune export scans.db -o csv/\n"
         "  ocrtune export scans.db -o csv/ --format audit      files of OCR quality audit"));
  struct Export {
    std::string study;
    std::string output;
    std::string format = "ocrtune";
  };
  auto options = std::make_shared<Export>();
  completed(
      context,
      command->add_option("STUDY", options->study,
                          tr("Study: a SQLite file or postgresql://USER@HOST/DATABASE/STUDY")),
      workflow::Completion::study)
      ->required();
  completed(context, command->add_option("-o,--output", options->output, tr("Output folder")),
            workflow::Completion::folder)
      ->required();
  with_choices(context,
               command->add_option("--format", options->format,
                                   tr("ocrtune, or audit: files and column names of the Python "
                                      "design (OCR quality audit)")),
               {"ocrtune", "audit"})
      ->capture_default_str();
  command->callback([options, &context] {
    context.command = [options, &context] {
      const auto write = options->format == "audit" ? export_audit : export_study;
      const std::vector<std::string> files = write(*view_study(options->study), options->output);
      if (context.json) context.print(json_text({{"folder", options->output}}));
      context.talk.say(tr("{} written to {}", joined(files), shown(options->output)));
      return ExitStatus::success;
    };
  });
}

}  // namespace ocrtune::cli
