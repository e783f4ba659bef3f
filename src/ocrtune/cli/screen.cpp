#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/cli/help.h"
#include "ocrtune/cli/study_run.h"
#include "ocrtune/report/summary.h"
#include "ocrtune/samplers/sobol.h"

namespace ocrtune::cli {
namespace {

struct Screen {
  StudyRun study;
  int exponent = 6;
};

ExitStatus screen(Screen& options, Context& context) {
  StudyRun& run = options.study;
  const OpenStudy open = run.open(
      context, {.search = [](const StudyDefinition* existing, const Pipeline&, std::size_t) {
        SearchSettings settings = existing != nullptr ? existing->search : SearchSettings{};
        settings.sampler = kDesign;
        return settings;
      }});
  const StudyDefinition& definition = open.storage->definition();
  const Space space = space_of(definition);
  run.search(context, open, sobol_design(space, options.exponent, definition.seed),
             {.trials = std::size_t{1} << static_cast<unsigned>(options.exponent)});
  if (!run.interrupted) run.confirm(context, open);
  if (run.interrupted) return ExitStatus::interrupted;
  const Summary summary = summarize(*open.storage);
  context.print(context.json ? json_text(summary_json(summary)) : summary_text(summary));
  context.talk.say(fmt::format("see `ocrtune show {0}`, `ocrtune export {0} -o DIR`", run.study));
  return run.corpus.status();
}

}  // namespace

void add_screen(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "screen", "Evaluate 2^N scrambled Sobol points of a pipeline's free parameters",
      "  ocrtune screen scans/ --exponent 7 --study scans.db\n"
      "  ocrtune screen manifest.csv --pipeline blur_clahe --objective cer\n"
      "  ocrtune screen scans/ --set denoise_h=0 --free bin_c=5:30 --free use_remove_lines");
  auto options = std::make_shared<Screen>();
  options->study.add_to(*command, true);
  command
      ->add_option("--exponent", options->exponent,
                   "2^N points are evaluated in all, earlier ones included")
      ->capture_default_str()
      ->check(between(0, 20))
      ->group("Study");
  command->callback([options, &context] {
    context.command = [options, &context] { return screen(*options, context); };
  });
}

}  // namespace ocrtune::cli
