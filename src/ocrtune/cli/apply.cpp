#include "ocrtune/workflow/apply.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "ocrtune/apply/results_json.h"
#include "ocrtune/base/files.h"
#include "ocrtune/base/translation.h"
#include "ocrtune/cli/add_options.h"
#include "ocrtune/workflow/result_json.h"
#include "ocrtune/workflow/watch.h"

namespace ocrtune::cli {
namespace {

/// Prints the result for the files that came together, one a line.
ExitStatus watch(const workflow::ApplyOptions& options, Context& context) {
  std::size_t pages = 0;
  workflow::watch(options, events_of(context), [&](const workflow::Applied& applied) {
    pages += applied.pages;
    if (context.json)
      context.print(workflow::result_json(applied).dump(-1, ' ', false,
                                                        nlohmann::json::error_handler_t::replace) +
                    "\n");
    if (applied.pages > 0)
      context.talk.say(tr("{} pages written to {}", applied.pages, shown(options.output)));
  });
  context.talk.say(tr("ended; {} pages written to {}", pages, shown(options.output)));
  return ExitStatus::success;
}

ExitStatus apply(const workflow::ApplyOptions& options, Context& context) {
  if (options.watch) return watch(options, context);
  const workflow::Applied applied = workflow::apply(options, events_of(context));
  context.print(context.json ? json_text(workflow::result_json(applied))
                             : summary_text(applied.summary, applied.portfolio));
  if (context.stop) {
    context.talk.say(tr("interrupted; run the same command again to resume"));
    return ExitStatus::interrupted;
  }
  context.talk.say(tr("{} pages written to {}", applied.pages, shown(options.output)));
  return status_of(context, applied.left_out);
}

}  // namespace

void add_apply(CLI::App& app, Context& context) {
  CLI::App* command = add_command(
      app, context, "apply",
      tr("Recognize a whole collection, choosing the best of several pipelines for each page"),
      "  ocrtune apply scans/ -o texts/\n"
      "  ocrtune apply scans/ -o book.pdf --omit-blank\n"
      "  ocrtune apply scans/ -o archive/ --format pdf --watch\n"
      "  ocrtune apply scans/ -o texts/ --vote\n"
      "  ocrtune apply scans/ -o texts/ --recipe best.toml --format text,alto\n"
      "  ocrtune apply scans/ -o texts/ --recipe letters.recipe.toml --choice fast\n"
      "  ocrtune apply scans/ -o texts/ --pipeline raw --pipeline pipeline.toml --images png");
  add_workflow<workflow::ApplyOptions>(*command, context, apply);
}

}  // namespace ocrtune::cli
