#include "ocrtune/workflow/tune.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/analysis/results_json.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

using workflow::Tuned;
using workflow::TuneOptions;

/// "  written to best.toml", and how to view the results.
std::string written_text(const TuneOptions& options, const Tuned& found) {
  return tr("  written to {}\n{}", shown(options.output),
            found.report_file ? tr("  report: {}\n", shown(*found.report_file)) : "");
}

/// The command that recognizes the collection as it is recommended.
std::string next_text(TuneOptions& options, const Tuned& found) {
  const workflow::StudyOptions& study = options.study;
  const std::string ocr_result = (study.pages.lang ? " --lang " + *study.pages.lang : "") +
                                 stated_text(options_of(options.study.ocr));
  if (found.verdict)
    return tr("next: `ocrtune apply CORPUS {}{} -o texts/`",
              recommended_arguments(*found.verdict, shown(options.output)), ocr_result);
  if (found.summary.best_number == 0)
    return tr("next: `ocrtune read CORPUS{} -o texts/`", ocr_result);
  return tr("next: `ocrtune apply CORPUS --pipeline {}{} -o texts/`", shown(options.output),
            ocr_result);
}

ExitStatus tune(TuneOptions& options, Context& context) {
  const workflow::TuneResult result = workflow::tune(options, events_of(context));
  if (!result.found) return ExitStatus::interrupted;
  const Tuned& found = *result.found;
  if (context.json) {
    context.print(json_text(workflow::result_json(options, found)));
  } else {
    context.print((found.verdict ? verdict_text(*found.verdict) : summary_text(found.summary)) +
                  written_text(options, found));
  }
  context.talk.say(next_text(options, found));
  return found.report_error ? exit_status_of(*found.report_error)
                            : status_of(context, result.left_out);
}

}  // namespace

void add_tune(CLI::App& app, Context& context) {
  CLI::App* command =
      add_command(app, context, "tune",
                  tr("Find the best recipe for a collection, validate it, write best.toml"),
                  "  ocrtune tune scans/\n"
                  "  ocrtune tune scans/ --lang fra --budget 10m -o french.toml\n"
                  "  ocrtune tune manifest.csv --objective cer --study forms.db\n"
                  "  ocrtune tune scans/ --enqueue last-year.toml --trials 200");
  add_workflow<TuneOptions>(*command, context, tune);
}

}  // namespace ocrtune::cli
