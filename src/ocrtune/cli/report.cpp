#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "ocrtune/analysis/verdict.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/text.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/cli/help.h"
#include "ocrtune/execution/memory.h"
#include "ocrtune/options/options.h"
#include "ocrtune/workflow/report_file.h"

namespace ocrtune::cli {
namespace {

struct Report {
  std::string study = "ocrtune.db";
  std::string output = "report.html";
  bool no_pictures = false;
  std::string tessdata;
  workflow::WorkOptions work;
};

void refuse_to_overwrite(const Report& options) {
  std::error_code ignored;
  if (!std::filesystem::equivalent(options.output, options.study, ignored)) return;
  throw Error(Errc::invalid_argument,
              tr("-o: {} is the study itself; give another file", shown(options.output)));
}

ExitStatus report(Report& options, Context& context) {
  workflow::require_report();
  refuse_to_overwrite(options);
  require_writable_place(options.output);
  const auto storage = view_study(options.study);
  const workflow::WrittenReport written =
      workflow::write_report(*storage,
                             {.study = options.study,
                              .output = options.output,
                              .pictures = !options.no_pictures,
                              .tessdata = options.tessdata,
                              .plan = workflow::plan_work(options.work)},
                             events_of(context));
  if (context.stop) {
    context.talk.complain(tr("interrupted; no report was written"));
    return ExitStatus::interrupted;
  }
  if (!options.no_pictures && !written.missing.empty())
    context.talk.complain(tr("pictures: {}", written.missing));
  if (context.json) {
    context.print(json_text(
        {{"report", options.output},
         {"bytes", written.bytes},
         {"pictures", written.pictures},
         {"pictures_missing",
          written.missing.empty() ? nlohmann::json() : nlohmann::json(written.missing)}}));
  }
  if (const auto verdict = verdict_of(*storage); verdict && !context.json)
    context.talk.say(trimmed(verdict_text(*verdict)));
  context.talk.say(tr("written to {} ({}): open it in a browser", shown(options.output),
                      human_size(written.bytes)));
  return ExitStatus::success;
}

}  // namespace

void add_report(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "report",
                  tr("Write a study as one HTML report: gains, pages before and after, charts"),
                  tr("  ocrtune report scans.db -o report.html\n"
                     "  ocrtune report scans.db -o report.html --no-pictures\n"
                     "  ocrtune report                         report.html of ocrtune.db"));
  auto options = std::make_shared<Report>();
  completed(
      context,
      command->add_option("STUDY", options->study,
                          tr("Study: a SQLite file or postgresql://USER@HOST/DATABASE/STUDY")),
      workflow::Completion::study)
      ->capture_default_str();
  completed(context, command->add_option("-o,--output", options->output, tr("HTML file to write")),
            workflow::Completion::file, {".html"})
      ->capture_default_str()
      ->group(tr("Output"));
  command
      ->add_flag("--no-pictures", options->no_pictures,
                 tr("Omit the images of pages: faster, a small file without any page content"))
      ->group(tr("Output"));
  completed(context,
            command->add_option("--tessdata", options->tessdata,
                                tr("Folder with the .traineddata files")),
            workflow::Completion::folder)
      ->group(tr("Recognition"));
  add_options(*command, context, workflow::options_of(options->work));
  command->callback([options, &context] {
    context.command = [options, &context] { return report(*options, context); };
  });
}

}  // namespace ocrtune::cli
