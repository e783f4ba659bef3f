#include "ocrtune/workflow/screen.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/base/process.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"

namespace ocrtune::cli {
namespace {

ExitStatus screen(const workflow::ScreenOptions& options, Context& context) {
  const workflow::StudyResult result = workflow::screen(options, events_of(context));
  if (!result.summary) return ExitStatus::interrupted;
  context.print(context.json ? json_text(workflow::result_json(result))
                             : summary_text(*result.summary));
  context.talk.say(
      tr("see `ocrtune show {0}`, `ocrtune export {0} -o DIR`", shell_text({options.study.study})));
  return status_of(context, result.left_out);
}

}  // namespace

void add_screen(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "screen",
      tr("Evaluate 2^N scrambled Sobol points of a pipeline's free parameters"),
      "  ocrtune screen scans/ --exponent 7 --study scans.db\n"
      "  ocrtune screen manifest.csv --pipeline blur_clahe --objective cer\n"
      "  ocrtune screen scans/ --set denoise_h=0 --free bin_c=5:30 --free use_remove_lines");
  add_workflow<workflow::ScreenOptions>(*command, context, screen);
}

}  // namespace ocrtune::cli
