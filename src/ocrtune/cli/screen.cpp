#include <fmt/format.h>

#include "ocrtune/cli/study_run.h"
#include "ocrtune/report/summary.h"

namespace ocrtune::cli {

void add_screen(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "screen", "Evaluate 2^N scrambled Sobol points of a pipeline's free parameters",
      "  ocrtune screen scans/ --exponent 7 --study scans.db\n"
      "  ocrtune screen manifest.csv --pipeline blur_clahe --objective cer\n"
      "  ocrtune screen scans/ --set denoise_h=0 --free bin_c=5:30 --free use_remove_lines");
  auto run = std::make_shared<StudyRun>();
  run->add_to(*command);
  command->callback([run, &context] {
    context.command = [run, &context] {
      const auto storage = run->run(context);
      const std::vector<Trial> trials = storage->trials();
      if (run->interrupted) return ExitStatus::interrupted;
      const Summary summary = summarize(storage->definition(), trials, storage->confirmations());
      context.print(context.json ? json_text(summary_json(summary)) : summary_text(summary));
      context.talk.say(
          fmt::format("see `ocrtune show {0}`, `ocrtune export {0} -o DIR`", run->study));
      return run->corpus.status();
    };
  });
}

}  // namespace ocrtune::cli
