#include <fmt/format.h>

#include "ocrtune/base/files.h"
#include "ocrtune/cli/study_run.h"
#include "ocrtune/pipeline/pipeline_file.h"
#include "ocrtune/report/summary.h"

namespace ocrtune::cli {
namespace {

struct Tune {
  StudyRun study;
  std::string output = "best.toml";
};

ExitStatus tune(Tune& options, Context& context) {
  require_writable_place(options.output);
  const auto storage = options.study.run(context);
  if (options.study.interrupted) return ExitStatus::interrupted;
  const StudyDefinition& definition = storage->definition();
  const Summary summary = summarize(definition, storage->trials(), storage->confirmations());
  write_atomically(options.output, pipeline_text(best_pipeline(definition, summary)));
  if (context.json) {
    nlohmann::json json = summary_json(summary);
    json["pipeline_file"] = options.output;
    context.print(json_text(json));
  } else {
    context.print(summary_text(summary) + fmt::format("  written to {}\n", shown(options.output)));
  }
  context.talk.say(
      fmt::format("next: `ocrtune read CORPUS --pipeline {}{}{} -o texts/`", shown(options.output),
                  options.study.corpus.lang ? " --lang " + *options.study.corpus.lang : "",
                  options.study.reading.repeated()));
  return options.study.corpus.status();
}

}  // namespace

void add_tune(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "tune", "Find the settings that read best: baseline, screening, best.toml",
      "  ocrtune tune scans/\n"
      "  ocrtune tune scans/ --lang fra --exponent 8 -o french.toml\n"
      "  ocrtune tune manifest.csv --objective cer --study forms.db");
  auto options = std::make_shared<Tune>();
  options->study.add_to(*command);
  command->add_option("-o,--output", options->output, "Pipeline file with the best settings")
      ->capture_default_str()
      ->group("Study");
  command->callback([options, &context] {
    context.command = [options, &context] { return tune(*options, context); };
  });
}

}  // namespace ocrtune::cli
