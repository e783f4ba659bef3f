#include "ocrtune/workflow/apply.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/files.h"
#include "ocrtune/cli/add_options.h"

namespace ocrtune::cli {
namespace {

ExitStatus apply(const workflow::ApplyOptions& options, Context& context) {
  const workflow::Applied applied = workflow::apply(options, events_of(context));
  context.print(context.json ? json_text(summary_json(applied.summary))
                             : summary_text(applied.summary, applied.portfolio));
  if (context.stop) {
    context.talk.say("ended early; the same command goes on");
    return ExitStatus::interrupted;
  }
  context.talk.say(fmt::format("{} pages applied into {}", applied.pages, shown(options.output)));
  return status_of(applied.left_out);
}

}  // namespace

void add_apply(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "apply", "Read a whole collection, of every page the best of several readings",
      "  ocrtune apply scans/ -o texts/\n"
      "  ocrtune apply scans/ -o texts/ --vote\n"
      "  ocrtune apply scans/ -o texts/ --portfolio best.portfolio.toml --format text,alto\n"
      "  ocrtune apply scans/ -o texts/ --pipeline raw --pipeline best.toml --images png");
  add_workflow<workflow::ApplyOptions>(*command, context, apply);
}

}  // namespace ocrtune::cli
